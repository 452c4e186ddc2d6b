// webchat.js: what every page of the host site loads. It finds its server by its own address, takes over the page's early calls,
// and shows the launcher. Nothing here may throw into the page.

import type { Platform } from "../shared/chat";
import { type Chat, startChat } from "./chat";
import { addressOf, arrivalIn, type Config, readConfig } from "./config";
import { makeQueue, type Page, takeOver } from "./queue";

type Listener = (data?: unknown) => void;

const page = window as Page;
const script = (document.currentScript ??
  document.querySelector("[src*='webchat.js' i]")) as HTMLScriptElement; // if it is not found we cannot start, and say so

let listeners: [unknown, Listener][] = [];
let chat: Chat | undefined;
let platformId = "";
let asked = "";
let wait = 0;

/** The commands that need no chat; it brings the others. */
const queue = makeQueue(
  {
    __proto__: null as never,
    init: start,
    update: start,
    updateRejoinConfig: start,
    updateHelpshiftConfig: start,
    setLanguage(code) {
      Object(configured()).language = code;
      start();
    },
    addEventListener(event, f) {
      removeListener(event, f);
      if (typeof f === "function") listeners.push([event, f as Listener]);
    },
    removeEventListener: removeListener,
  },
  report,
);

function removeListener(event: unknown, f: unknown): void {
  listeners = listeners.filter(([e, g]) => e !== event || g !== f);
}

function fire(event: string, data?: unknown): void {
  for (const [e, f] of listeners) {
    try {
      if (e === event) f(data);
    } catch (e) {
      console.error(e); // the page's own mistake: shown, and of no consequence here
    }
  }
}

function report(error: string, reason: unknown): void {
  console.warn("Rejoin:", error, reason);
  fire("onWebChatRuntimeError", { error, reason: `${reason}` });
}

/** configured is what the page's configuration says now. */
function configured(): unknown {
  return page.rejoinConfig ?? page.helpshiftConfig;
}

/** start begins the chat, or follows a changed configuration. The platform stays the first one until the page is left. */
function start(): void {
  const config = readConfig(configured());
  platformId ||= config.platformId;
  if (!platformId) report("not started", "no platformId");
  else {
    chat?.follow(config);
    const question = config.language + config.identity;
    if (asked !== question) void ask(question, config);
  }
}

/** ask asks the server about the platform, in the page's language and about the person whom the page names, until it has answered. */
async function ask(question: string, { language, identity }: Config): Promise<void> {
  let away = false; // the server, or the way to it: this may pass
  asked = question;
  try {
    const { origin } = new URL(script.src);
    away = true;
    const answer = await fetch(addressOf(origin, "chat/v1/platforms", platformId, language), {
      method: identity ? "POST" : "GET",
      body: identity || null, // text: nobody has to be asked whether it may be sent
      signal: AbortSignal.timeout(20000),
    });
    away = answer.status > 428; // too many requests, or the server's own trouble
    const platform = (await answer.json()) as Platform & { error?: string };
    if (!answer.ok) throw platform.error;
    if (asked !== question) return; // the page has changed its mind
    const config = readConfig(configured());
    if (chat) chat.follow(config, platform);
    else {
      chat = startChat(origin, platform, config, fire, report);
      queue.ready(chat.commands);
    }
  } catch (e) {
    if (asked !== question) return;
    asked = "";
    report("not started", e);
    if (away) {
      wait += 2000;
      setTimeout(again, wait);
      addEventListener("online", again);
    }
  }
}

function again(): void {
  if (!asked) start();
}

/** arrive takes the token of a return link from the address bar, at once, so that it is in nobody's history or screenshot. */
function arrive(): void {
  const found = arrivalIn(location.hash);
  if (!found) return;
  history.replaceState(history.state, "", location.pathname + location.search + found.rest);
  queue.call("arrive", found.token);
}

const stubbed = page.Rejoin ?? page.Helpshift;
if (takeOver(page, queue.call)) {
  arrive();
  addEventListener("hashchange", arrive);
  // Without the loader's interim function nobody will call init: the configuration is enough.
  if (!stubbed && configured()) queue.call("init");
}
