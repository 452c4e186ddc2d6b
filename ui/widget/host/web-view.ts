// The chat in a web view of an app: what the page tells the app, and what the app tells the page. docs/in-app.md says how apps use it. Without an app
// around it, it is a page in a browser, where somebody has come by an e-mail's link.

import { effect } from "@preact/signals";
import { plain } from "../../sdk/config";
import { type Commands, type Page as Global, makeQueue, takeOver } from "../../sdk/queue";
import type { MetaIn } from "../../shared/chat";
import type { Chat } from "../model/chat";
import { newestOf } from "../model/threads";
import type { InApp } from "../page";
import { spoken } from "../strings/strings";
import type { Host } from "./host";
import { metadataIn } from "./metadata";

/** Port is where a web view takes messages for its app. */
interface Port {
  postMessage(message: unknown): void;
}

/** View is what web views put into our window. */
export interface View extends Global {
  webkit?: { messageHandlers?: { rejoin?: Port } };
  /** config returns rejoinConfig as JSON, where nothing can be written into the page before it begins. */
  RejoinApp?: Port & { config?(): string };
  ReactNativeWebView?: Port;
}

/** begin lets the chat begin, with the app as its host. */
export function begin(chat: Chat, host: Host, view: View = window as unknown as View): void {
  const tell = portOf(view);
  if (!tell) {
    ask(chat.page.in_app);
    host.listen(chat);
    return;
  }
  let open = true; // until the app says otherwise
  const { event, page } = host;
  host.event = (name, data) => {
    event(name, data);
    tell(name, data);
  };
  const show = (to: boolean) => {
    open = to;
    chat.shown(open, open);
  };
  const toggle = (to: boolean) => {
    if (to === open) return;
    show(to);
    host.event("widgetToggle", { visible: to });
  };
  host.open = () => toggle(true);
  host.close = () => toggle(false);
  host.page = () => ({ ...page(), ...(metadataIn(configOf(view).metadata) as Partial<MetaIn>) });
  host.listen({
    opening: (o) => chat.opening({ ...o, config: configOf(view) }),
    shown: (_, focus) => chat.shown(open, focus),
    life: (gesture) => chat.life(gesture),
    configure: (config) => chat.configure(config),
    command: (call) => chat.command(call),
  });
  answer(chat, view, show, (error, reason) =>
    host.event("onWebChatRuntimeError", { error, reason: `${reason}` }),
  );
  tellStatus(chat, tell);
  tell("ready");
}

/** portOf returns what brings events to the app, or null if there is none. */
export function portOf(view: View): ((event: string, data?: unknown) => void) | null {
  const apple = view.webkit?.messageHandlers?.rejoin;
  if (apple) return (event, data) => apple.postMessage({ event, data: data ?? null });
  const other = view.RejoinApp ?? view.ReactNativeWebView; // they take strings only
  return other ? (event, data) => other.postMessage(JSON.stringify({ event, data: data ?? null })) : null;
}

/** configOf is the app's configuration as it is now: that of the page, else what the app's own object says. */
export function configOf(view: View): Record<string, unknown> {
  const raw = view.rejoinConfig ?? view.helpshiftConfig;
  if (raw !== undefined) return plain(raw);
  try {
    return plain(JSON.parse(view.RejoinApp?.config?.() ?? "{}"));
  } catch {
    return {}; // it is not JSON: as good as none
  }
}

/** answer takes the app's commands, also those that it has given already. */
function answer(
  chat: Chat,
  view: View,
  show: (open: boolean) => void,
  report: (error: string, reason: unknown) => void,
): void {
  const configure = () => chat.configure(configOf(view));
  const commands: Commands = {
    __proto__: null as never,
    init: () => {}, // it has begun
    update: configure,
    updateRejoinConfig: configure,
    updateHelpshiftConfig: configure,
    open: () => show(true),
    show: () => show(true),
    close: () => show(false),
    hide: () => show(false),
    forward: (name, ...args) => chat.command({ name: name as string, args: plain(args) }),
  };
  const queue = makeQueue(commands, report);
  takeOver(view, queue.call);
  queue.ready({});
}

/** tellStatus tells which conversation is the newest and whether it goes on, whenever that changes. */
function tellStatus(chat: Chat, tell: (event: string, data: unknown) => void): void {
  let told = "";
  effect(() => {
    const issues = chat.threads.issues.value;
    const newest = issues.find(({ id }) => id === newestOf(issues, false));
    if (!newest) return;
    const open = newest.state !== "resolved" && newest.state !== "rejected";
    const status = { issueId: newest.id, publishId: `${newest.number}`, open };
    if (told === JSON.stringify(status)) return;
    told = JSON.stringify(status);
    tell("conversationStatus", status);
  });
}

/** ask makes the screen of a conversation that needs a login say that it is in the app. */
function ask(words: InApp | undefined): void {
  if (words) spoken.texts = { ...spoken.texts, "login.title": words.title, "login.text": words.text };
}
