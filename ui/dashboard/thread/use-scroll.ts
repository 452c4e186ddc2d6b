import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Item } from "./items";

const near = 80;

/**
 * useScroll begins at what is new, stays at the end while the reader is there, and keeps the place when older messages
 * are put before it.
 */
export function useScroll(scroller: RefObject<HTMLElement | null>, items: Item[]) {
  const [atEnd, setAtEnd] = useState(true);
  const begun = useRef(false);
  const stuck = useRef(true);
  const before = useRef({ first: "", height: 0 });
  const mine = items[items.length - 1]?.kind === "pending" ? items.length : 0;

  useLayoutEffect(() => {
    const el = scroller.current;
    if (!el || items.length === 0) return;
    const first = items.find((i) => i.kind === "message")?.key ?? "";
    const prepended = before.current.first !== "" && before.current.first !== first;
    if (!begun.current) begin(el);
    else if (prepended && !stuck.current) el.scrollTop += el.scrollHeight - before.current.height;
    else if (stuck.current) el.scrollTop = el.scrollHeight;
    begun.current = true;
    before.current = { first, height: el.scrollHeight };
  }, [scroller, items]);
  useLayoutEffect(() => {
    const el = scroller.current;
    if (el && mine) el.scrollTop = el.scrollHeight;
  }, [scroller, mine]);
  useEffect(() => {
    const el = scroller.current;
    if (!el) return;
    const look = () => {
      stuck.current = el.scrollHeight - el.scrollTop - el.clientHeight < near;
      setAtEnd(stuck.current);
    };
    const resized = new ResizeObserver(() => {
      if (stuck.current) el.scrollTop = el.scrollHeight;
    });
    look();
    el.addEventListener("scroll", look, { passive: true });
    resized.observe(el);
    for (const part of el.children) resized.observe(part); // pictures and typing change their heights
    return () => {
      el.removeEventListener("scroll", look);
      resized.disconnect();
    };
  }, [scroller]);

  const toEnd = useCallback(() => {
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight, behavior });
  }, [scroller]);
  return { atEnd, toEnd };
}

/** begin shows the first new message with a little of what was before it, or the end. */
function begin(el: HTMLElement) {
  const line = el.querySelector<HTMLElement>('[data-kind="unread"]');
  el.scrollTop = line ? Math.max(0, line.offsetTop - 120) : el.scrollHeight;
}
