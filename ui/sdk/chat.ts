// The chat on this page: launcher, panel, and the talk between page and frame.

import type { Call, FromPage, ToFrame, ToPage } from "../shared/bridge";
import type { Platform } from "../shared/chat";
import { isGesture, signs } from "../shared/life";
import { addressOf, type Config, plain } from "./config";
import { makeLook } from "./look";
import type { Commands } from "./queue";
import { openStore } from "./storage";

/** Chat is the chat on this page. */
export interface Chat {
  commands: Commands;
  /** follow takes a changed configuration, and what the server says to it once that is known. */
  follow(config: Config, answer?: Platform): void;
}

const READY_WITHIN = 15_000;
const LIFE_EVERY = 5_000;

/**
 * startChat shows the launcher. The frame is made on intent, or at once if this browser has a conversation, comes by a link, or the frame
 * has to settle who is here.
 */
export function startChat(
  server: string,
  platform: Platform,
  config: Config,
  fire: (event: string, data?: unknown) => void,
  report: (error: string, reason: unknown) => void,
): Chat {
  const prefix = `rejoin:${platform.id}:`;
  const store = openStore(prefix);
  const { host, root, button, draw: look } = makeLook();
  const narrow = matchMedia("(max-width:480px),(max-height:480px)");
  let calls: Call[] = []; // that wait for the frame
  let held: unknown;
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
    const sealed: FromPage = { ...message, rejoin: 1, page: { url: location.href, title, referrer } };
    if (ready) frame?.contentWindow?.postMessage(sealed, server);
  }

  function load(): void {
    if (frame && (ready || !late)) return;
    frame?.remove(); // what came in its place was not the chat
    late = false;
    frame = document.createElement("iframe");
    frame.title = platform.launcher.title;
    frame.referrerPolicy = "origin";
    frame.src = addressOf(server, "frame", platform.id, config.language);
    root.append(frame);
    setTimeout(() => {
      late = true;
      if (!ready) report("not loaded", "origin allowed?");
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
    const options = Object(config.raw.widgetOptions);
    const full = options.fullScreen === true || narrow.matches;
    root.className = hidden ? "h" : (open ? "o " : "") + (full ? "f " : "") + (ready ? "r" : "");
    look(options, platform, open, unread);
    const page = document.documentElement.style;
    if (open && !hidden && full) {
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
    if (open) load();
    shown(byPerson);
    fire("widgetToggle", { visible: open });
  }

  function shown(byPerson: boolean): void {
    focus = byPerson;
    draw();
    say({ type: "shown", open: open && !hidden, focus });
  }

  function hide(to: boolean): void {
    hidden = to;
    shown(false);
  }

  function hear(e: MessageEvent): void {
    if (!frame || e.source !== frame.contentWindow || e.origin !== server) return;
    const message = e.data as ToPage; // what our own frame says needs no doubt
    if (message.type === "ready") welcome();
    else if (message.type === "store") {
      const { id, key, value } = message;
      say({ type: "stored", id, durable: store.set(key, value) });
    } else if (message.type === "open") toggle(true);
    else if (message.type === "close") {
      toggle(false);
      if (message.focus) button.focus();
    } else if (message.type === "reload") {
      held = message.held;
      ready = false;
      late = true;
      load();
    } else {
      const { name, data } = message;
      if (name === "newUnreadMessages") unread = +Object(data).unreadCount || 0;
      if (name === "userAuthFailure") {
        platform.hide = true;
        platform.hours = undefined;
      }
      draw();
      fire(name, data);
    }
  }

  function welcome(): void {
    ready = true;
    say({ type: "hello", stored: store.all(), held, config: plain(config.raw), calls });
    calls = [];
    shown(focus);
  }

  function follow(to: Config, answer?: Platform): void {
    config = to;
    platform = answer ?? platform;
    say({ type: "config", config: plain(config.raw) });
    if (config.raw.authenticateWith || platform.known || platform.auth) load();
    for (const key in store.all()) {
      if (key) load();
      if (platform.hours) platform.hide = false; // out of hours, who has a conversation still finds it
    }
    draw();
  }

  button.onpointerenter = button.onfocus = load;
  button.onclick = () => toggle(!open, true);
  button.onkeydown = (e) => e.key !== "Escape" || toggle(false); // false would keep Enter and Tab from the browser
  addEventListener("message", hear);
  // A page that comes back from the browser's memory has slept: what is stored may have changed.
  addEventListener("pageshow", (e) => e.persisted && ready && welcome());
  // Another tab has begun a conversation: this one shows what comes.
  addEventListener("storage", (e) => e.newValue && e.key === `${prefix}sessions` && load());
  narrow.onchange = draw;
  visualViewport?.addEventListener("resize", fitIn);
  (document.body ?? document.documentElement).append(host);
  follow(config);

  return {
    follow,
    commands: {
      open: () => toggle(true, true),
      close: () => toggle(false),
      hide: () => hide(true),
      show: () => hide(false),
      forward(name, ...args) {
        const call = { name: name as string, args: plain(args) };
        if (ready) say({ type: "call", ...call });
        else calls.push(call);
        if (/^(log|arr)/.test(name as string)) load();
      },
    },
  };
}
