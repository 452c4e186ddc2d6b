// Where the thread is scrolled to, and what is in view.

import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Message } from "../../shared/chat";
import type { Chat } from "../model/chat";
import { isOutbound } from "../model/threads";

const NEAR = 60; // pixels from the end that still count as the end
const EARLY = 300; // pixels from the beginning at which history is loaded

export interface Scroll {
  atEnd: boolean;
  moved(): void;
  toEnd(): void;
}

/** useScroll follows new messages while the end is in view, holds still while somebody reads above, and loads history at the top. */
export function useScroll(
  scroller: RefObject<HTMLElement | null>,
  chat: Chat,
  messages: readonly Message[],
  mine: number,
  divider: number | null,
): Scroll {
  const [atEnd, setAtEnd] = useState(true);
  const before = useRef({
    first: 0,
    height: 0,
    mine: 0,
    atEnd: true,
    drawn: false,
    divider: null as number | null,
  });

  const end = (smooth: boolean) => {
    const e = scroller.current;
    e?.scrollTo({ top: e.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  };

  useLayoutEffect(() => {
    const e = scroller.current;
    if (!e) return;
    const b = before.current;
    const first = messages[0]?.seq ?? 0;
    if ((!b.drawn && first + mine > 0) || (divider !== null && divider !== b.divider)) {
      b.drawn = true;
      toUnread(e);
    } else if (b.first > first && first > 0) e.scrollTop += e.scrollHeight - b.height;
    else if (mine > b.mine || b.atEnd) end(false);
    Object.assign(b, { first, height: e.scrollHeight, mine, divider });
    moved();
  });

  // A keyboard, a longer field, an image or a question changes the room, or what it holds: the end stays the end.
  useEffect(() => {
    const e = scroller.current;
    if (!e) return;
    const watch = new ResizeObserver(() => before.current.atEnd && end(false));
    watch.observe(e);
    watch.observe(e.firstElementChild as Element);
    return () => watch.disconnect();
  }, [scroller]);

  function moved(): void {
    const e = scroller.current;
    if (!e) return;
    const now = e.scrollHeight - e.scrollTop - e.clientHeight < NEAR;
    before.current.atEnd = now;
    if (now !== atEnd) setAtEnd(now);
    if (e.scrollTop < EARLY) void chat.loader.older();
  }

  return { atEnd, moved, toEnd: () => end(!matchMedia("(prefers-reduced-motion: reduce)").matches) };
}

/** toUnread shows the beginning of the unread part, or the end. */
function toUnread(e: HTMLElement): void {
  const divider = e.querySelector<HTMLElement>(".divider");
  e.scrollTop = divider ? divider.offsetTop - 24 : e.scrollHeight;
}

/** useInView tells the reader which of the company's messages are in view. */
export function useInView(
  scroller: RefObject<HTMLElement | null>,
  chat: Chat,
  messages: readonly Message[],
): void {
  useEffect(() => {
    const root = scroller.current;
    if (!root || typeof IntersectionObserver === "undefined") return;
    const seen = chat.threads.seen.peek();
    const watch = new IntersectionObserver(
      (changes) => {
        for (const c of changes) {
          const seq = Number((c.target as HTMLElement).dataset.seq);
          // A message higher than the view can never be in it as a whole: half the view is enough.
          const enough =
            c.intersectionRatio >= 0.6 ||
            c.intersectionRect.height >= 0.5 * (c.rootBounds?.height ?? Infinity);
          chat.reader.tell({ type: "view", seq, inView: c.isIntersecting && enough });
        }
      },
      // Small steps: half a view may be a small part of a long message.
      { root, threshold: Array.from({ length: 101 }, (_, i) => i / 100) },
    );
    const unread = new Set(messages.filter((m) => m.seq > seen && isOutbound(m)).map((m) => `${m.seq}`));
    for (const e of root.querySelectorAll<HTMLElement>("[data-seq]"))
      if (unread.has(e.dataset.seq ?? "")) watch.observe(e);
    return () => watch.disconnect();
  }, [scroller, chat, messages]);
}
