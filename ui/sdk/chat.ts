// The chat on this page: launcher, panel, and the talk between page and frame.

import { type FromPage, seal, type ToFrame, type ToPage, unseal } from "../shared/bridge";
import type { Platform } from "../shared/chat";
import { isGesture, signs } from "../shared/life";
import type { Config } from "./config";
import { makeLook } from "./look";
import type { Store } from "./storage";

/** Env is what a chat needs from the rest of the program. */
export interface Env {
  server: string;
  platform: Platform;
  config: Config;
  store: Store;
  arrival: string;
  fire(event: string, data?: unknown): void;
  report(error: string, reason: unknown): void;
}

/** Chat is driven by the page's commands. */
export interface Chat {
  toggle(open: boolean, focus?: boolean): void;
  /** hide takes launcher and panel away, or brings them back as they were. */
  hide(hidden: boolean): void;
  update(config: Config): void;
  /** arrive takes a return link that was opened on a page already loaded. */
  arrive(token: string): void;
}

const READY_WITHIN = 15_000;
const LIFE_EVERY = 5_000;

/** startChat shows the launcher. The frame is made on intent, or at once if this browser has a conversation or comes by a link. */
export function startChat(env: Env): Chat {
  const look = makeLook();
  const { root, button } = look;
  const narrow = matchMedia("(max-width:480px),(max-height:480px)");
  let { config } = env;
  let frame: HTMLIFrameElement | undefined;
  let ready = false;
  let late = false;
  let open = false;
  let hidden = false;
  let focus = false;
  let unread = 0;
  let overflow: string | undefined;
  const nextLife: number[] = []; // of mere life, and of gestures

  function say(message: ToFrame): void {
    const { title, referrer } = document;
    const sealed: FromPage = { ...seal(message), page: { url: location.href, title, referrer } };
    if (ready) frame?.contentWindow?.postMessage(sealed, env.server);
  }

  function load(): void {
    if (frame && (ready || !late)) return;
    frame?.remove(); // what came in its place was not the chat
    late = false;
    frame = document.createElement("iframe");
    frame.title = `Chat with ${env.platform.app_name}`;
    frame.referrerPolicy = "origin";
    frame.src = `${env.server}/frame/${encodeURIComponent(env.platform.id)}`;
    root.append(frame);
    setTimeout(() => {
      late = true;
      if (!ready) env.report("panel not loaded", "origin not allowed?");
    }, READY_WITHIN);
    for (const type of signs) addEventListener(type, life, { capture: true, passive: true });
  }

  function life({ isTrusted, type, timeStamp }: Event): void {
    const gesture = isGesture(type);
    if (!ready || !isTrusted || timeStamp < (nextLife[+gesture] as number)) return;
    nextLife[+gesture] = timeStamp + LIFE_EVERY;
    say({ type: "life", gesture });
  }

  /** draw makes the page look as the state says. */
  function draw(): void {
    const full = config.fullScreen || narrow.matches;
    const shown = open && !hidden;
    root.className = hidden ? "h" : (open ? "o " : "") + (full ? "f " : "") + (ready ? "r" : "");
    look.label(open, unread);
    const page = document.documentElement.style;
    if (shown && full) {
      overflow ??= page.overflow;
      page.overflow = "hidden"; // the page behind must not scroll
    } else {
      page.overflow = overflow ?? page.overflow;
      overflow = undefined;
    }
    fitIn();
  }

  /** fitIn keeps the full-screen panel above an on-screen keyboard. */
  function fitIn(): void {
    root.style.setProperty("--h", `${visualViewport?.height}px`);
  }

  function toggle(to: boolean, byPerson = false): void {
    if (to === open) return;
    open = to;
    focus = byPerson;
    if (open) load();
    draw();
    shown();
    env.fire("widgetToggle", { visible: open });
  }

  function hear(e: MessageEvent): void {
    if (!frame || e.source !== frame.contentWindow || e.origin !== env.server) return;
    const message = unseal<ToPage>(e.data);
    if (!message) return;
    if (message.type === "ready") welcome();
    else if (message.type === "store") keep(message.id, message.key, message.value);
    else if (message.type === "open") toggle(true);
    else if (message.type === "close") {
      toggle(false);
      if (message.focus) button.focus();
    } else pass(message.name, message.data);
  }

  function welcome(): void {
    ready = true;
    const { store, arrival } = env;
    const stored = store.all(); // tells whether it is durable, too
    const dir = getComputedStyle(document.documentElement).direction;
    say({ type: "hello", stored, durable: store.durable, arrival, dir });
    env.arrival = "";
    shown();
    draw();
  }

  function shown(): void {
    say({ type: "shown", open: open && !hidden, focus });
  }

  function keep(id: number, key: string, value: string | null): void {
    const { store } = env;
    const before = store.durable;
    store.set(key, value);
    if (before && !store.durable) env.report("not stored", "no localStorage");
    say({ type: "stored", id, durable: store.durable });
  }

  function pass(name: string, data: unknown): void {
    if (name === "newUnreadMessages") {
      unread = +Object(data).unreadCount || 0;
      draw();
    }
    env.fire(name, data);
  }

  button.onpointerenter = button.onfocus = load;
  button.onclick = () => toggle(!open, true);
  button.onkeydown = (e) => e.key === "Escape" && toggle(false);
  addEventListener("message", hear);
  // A page that comes back from the browser's memory has slept: what is stored may have changed.
  addEventListener("pageshow", (e) => e.persisted && ready && welcome());
  // Another tab has begun a conversation: this one shows what comes.
  addEventListener("storage", (e) => e.newValue && e.key === `rejoin:${env.platform.id}:sessions` && load());
  narrow.onchange = draw;
  visualViewport?.addEventListener("resize", fitIn);
  look.place(config, env.platform.color);
  draw();
  document.body.append(look.host);
  if (env.arrival || env.store.all().sessions) load();

  return {
    toggle,
    hide(to) {
      hidden = to;
      draw();
      focus = false;
      shown();
    },
    update(to) {
      config = to;
      look.place(config, env.platform.color);
      draw();
    },
    arrive(token) {
      env.arrival = token;
      if (ready) welcome();
      else load();
    },
  };
}
