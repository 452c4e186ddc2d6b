// webchat.js: what every page of the host site loads. It finds its server by its own address, takes over the page's early calls,
// and shows the launcher. Nothing here may throw into the page.

import type { Platform } from "../shared/chat";
import { type Chat, startChat } from "./chat";
import { arrivalIn, readConfig } from "./config";
import { type Command, makeQueue, takeOver } from "./queue";
import { openStore } from "./storage";

type Listener = (data?: unknown) => void;

const page = window as unknown as Record<string, unknown>;
const names = ["Rejoin", "Helpshift"];
const script = (document.currentScript ??
  document.querySelector("script#hs-chat,script[src*='webchat.js' i]")) as HTMLScriptElement | null;

const listeners = new Map<unknown, Set<Listener>>();
let chat: Chat | undefined;
let starting = false;
let arrival = "";
let wait = 0;

/** Every command of the public API. */
const commands: Record<string, Command> = {
  init: { early: true, run: start },
  update: { early: true, run: start },
  addEventListener: {
    early: true,
    run: (event, f) => typeof f === "function" && listen(event).add(f as Listener),
  },
  removeEventListener: { early: true, run: (event, f) => listen(event).delete(f as Listener) },
  open: { run: () => chat?.toggle(true, true) },
  close: { run: () => chat?.toggle(false) },
  hide: { run: () => chat?.hide(true) },
  show: { run: () => chat?.hide(false) },
};

const queue = makeQueue(commands, report);

function listen(event: unknown): Set<Listener> {
  const set = listeners.get(event) ?? new Set();
  listeners.set(event, set);
  return set;
}

function fire(event: string, data?: unknown): void {
  for (const f of [...listen(event)]) {
    try {
      f(data);
    } catch (e) {
      console.error(e); // the page's own mistake: shown, and of no consequence here
    }
  }
}

function report(error: string, reason: unknown): void {
  console.warn("Rejoin:", error, reason);
  fire("onWebChatRuntimeError", { error, reason: String(reason) });
}

/** configured is what the page's configuration says now. */
function configured(): unknown {
  return page.rejoinConfig ?? page.helpshiftConfig;
}

/** start begins the chat, or follows a changed configuration. The platform stays the first one until the page is left. */
function start(): void {
  const config = readConfig(configured());
  if (!config.platformId) report("not started", "no platformId");
  else if (chat) chat.update(config);
  else if (!starting) void begin(config.platformId);
}

function again(): void {
  if (!chat) start();
}

/** begin asks for the platform until the server has answered. */
async function begin(id: string): Promise<void> {
  let away = false; // the server, or the way to it: this may pass
  starting = true;
  try {
    const server = new URL(script?.src ?? "").origin;
    away = true;
    const answer = await fetch(`${server}/chat/v1/platforms/${encodeURIComponent(id)}`, {
      signal: AbortSignal.timeout(20000),
    });
    away = answer.status > 428; // too many requests, or the server's own trouble
    const platform = (await answer.json()) as Platform & { error?: string };
    if (!answer.ok) throw platform.error;
    if (!document.body) await new Promise((done) => addEventListener("DOMContentLoaded", done));
    const store = openStore(`rejoin:${id}:`);
    chat = startChat({ server, platform, config: readConfig(configured()), store, arrival, fire, report });
    queue.ready();
  } catch (e) {
    report("not started", e);
    if (away) {
      wait += 2000;
      setTimeout(again, wait);
      addEventListener("online", again);
    }
  }
  starting = false;
}

/** arrive takes the token of a return link from the address bar, at once, so that it is in nobody's history or screenshot. */
function arrive(): void {
  const found = arrivalIn(location.hash);
  if (!found) return;
  arrival = found.token;
  history.replaceState(history.state, "", location.pathname + location.search + found.rest);
  chat?.arrive(arrival);
}

const stubbed = names.some((name) => page[name]);
if (takeOver(page, names, (...args) => queue.call(...args))) {
  arrive();
  addEventListener("hashchange", arrive);
  // Without the loader's interim function nobody will call init: the configuration is enough.
  if (!stubbed && configured()) start();
}
