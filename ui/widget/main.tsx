// The chat panel: in a host page's frame, or as a page of its own.

import "./style/base.css";
import "./style/thread.css";
import { render } from "preact";
import { isGesture, signs } from "../shared/life";
import { framedHost } from "./host/framed";
import { ownHost } from "./host/own";
import { Chat } from "./model/chat";
import { readPage } from "./page";
import { applyTheme } from "./theme";
import { App } from "./view/App";

const page = readPage();
const host = page.hosted ? ownHost(page.platform_id, page.app_name) : framedHost(page.origins);
const chat = new Chat(page, host);

applyTheme(page.color);
if (page.hosted) document.title = page.app_name;
render(<App chat={chat} />, document.getElementById("app") as HTMLElement);

// Only the browser can make trusted events.
const sign = (e: Event) => e.isTrusted && chat.life(isGesture(e.type));
for (const type of signs) addEventListener(type, sign, { capture: true, passive: true });
document.addEventListener("visibilitychange", () => chat.visibility());
addEventListener("online", () => chat.hope(true));
addEventListener("offline", () => chat.hope());
addEventListener("pagehide", () => chat.leave());
addEventListener("pageshow", (e) => e.persisted && chat.comeBack());

chat.visibility();
host.listen({
  opening: (o) => chat.opening(o),
  shown: (open, focus) => chat.shown(open, focus),
  life: (gesture) => chat.life(gesture),
});
