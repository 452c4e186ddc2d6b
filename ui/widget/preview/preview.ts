// The panel as a picture beside the settings of the dashboard: the real one, with sample words, and nothing in it can be pressed.
// It talks to no server and keeps nothing.

import { batch } from "@preact/signals";
import type { Picture, PreviewReady } from "../../shared/preview";
import type { Chat } from "../model/chat";
import { sampleOf } from "./sample";

/** begin shows what the dashboard, a page of our own origin around this one, asks for. */
export function begin(chat: Chat, show: () => void): void {
  const { closed } = chat.page;
  const colors = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, colors];
  document.body.inert = true;
  chat.phase.value = "ready"; // nobody is here to be known, and nothing is loaded

  addEventListener("message", (e: MessageEvent) => {
    if (e.source !== parent || e.origin !== location.origin) return;
    const picture = e.data as Picture;
    if (picture?.type !== "picture") return;
    colors.replaceSync(picture.sheet);
    const { title, greeting } = picture;
    Object.assign(chat.page, { title, greeting });
    chat.hours.closed.value = picture.open ? undefined : closed;
    place(chat, picture);
    show();
  });
  const ready: PreviewReady = { type: "preview-ready" };
  parent.postMessage(ready, location.origin);
}

/** place puts the moment on the screen that the picture is of. */
function place(chat: Chat, { scene, agent, typing }: Picture): void {
  const { threads } = chat;
  const sample = scene === "new" ? null : sampleOf(scene, agent);
  batch(() => {
    threads.clear();
    if (sample) {
      threads.take(sample);
      threads.seen.value = sample.issue.last_seq;
    }
    threads.shown.value = sample?.issue.id ?? null;
    threads.turn.value++;
    chat.typing.who.value = scene === "talk" && typing ? { issue: "preview", name: agent } : null;
  });
}
