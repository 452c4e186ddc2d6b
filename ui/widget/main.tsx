// The chat panel: in a host page's frame, or as a page of its own.

import "./style/base.css";
import "./style/screens.css";
import "./style/thread.css";
import "./style/footer.css";
import { render } from "preact";
import { Backoff } from "../shared/backoff";
import { isGesture, signs } from "../shared/life";
import { framedHost } from "./host/framed";
import { ownHost } from "./host/own";
import { Chat } from "./model/chat";
import { Ending } from "./model/ending";
import { Part } from "./model/part";
import { readPage } from "./page";
import { direction, locale, speak } from "./strings/strings";
import { App } from "./view/App";
import { Attach } from "./view/attach";

const page = readPage();
const host = page.hosted ? ownHost(page.platform_id, page.app_name) : framedHost(page.origins);
const chat = new Chat(page, host);
const parts = {
  chat,
  ending: new Ending(chat),
  attach: new Attach(
    chat,
    new Part(async () => (await import("./view/attaching")).attaching(chat), chat.waiter),
  ),
  cards: new Part(() => import("./view/cards"), chat.waiter),
  format: new Part(() => import("./view/Formatted"), chat.waiter),
};

const web = new Part(() => import("./host/web-view"), chat.waiter);

if (page.hosted) document.title = page.app_name;
const there = draw();

/** draw shows the panel once it has its texts. There is nothing to show without them, so it does not give up. */
async function draw(): Promise<void> {
  const backoff = new Backoff(1000);
  for (let there = false; !there; ) {
    there = await speak(page.language).then(
      () => true,
      () => chat.waiter.sleep(backoff.next()).then(() => false),
    );
  }
  const root = document.documentElement;
  root.lang = new Intl.Locale(locale()).baseName;
  root.dir = direction();
  show();
}

function show(): void {
  render(<App key={chat.threads.turn.peek()} parts={parts} />, document.getElementById("app") as HTMLElement);
}

// Only the browser can make trusted events.
const sign = (e: Event) => e.isTrusted && chat.life(isGesture(e.type));
for (const type of signs) addEventListener(type, sign, { capture: true, passive: true });
document.addEventListener("visibilitychange", () => chat.visibility());
addEventListener("online", () => chat.hope(true));
addEventListener("offline", () => chat.hope());
addEventListener("pagehide", () => chat.leave());
addEventListener("pageshow", (e) => e.persisted && chat.comeBack());

chat.visibility();
if (page.preview) void Promise.all([import("./preview/preview"), there]).then(([p]) => p.begin(chat, show));
else if (page.in_app) void Promise.all([web.want(), there]).then(([w]) => w.begin(chat, host));
else host.listen(chat);
