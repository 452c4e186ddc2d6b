import { type RefObject, useEffect, useRef } from "react";

const lookMs = 500;

/**
 * useReading reports the newest visitor's message whose end was in view for half a second while the tab is visible and focused.
 * Ends are marked with data-end, which holds the seq.
 */
export function useReading(
  scroller: RefObject<HTMLElement | null>,
  lastSeq: number,
  readSeq: number,
  report: (seq: number) => Promise<void>,
) {
  const reported = useRef(0);
  useEffect(() => {
    const root = scroller.current;
    if (!root || lastSeq <= Math.max(readSeq, reported.current)) return;
    const seen = new Set<number>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      const seq = Math.max(0, ...seen);
      if (!present() || seq <= Math.max(readSeq, reported.current)) return;
      reported.current = seq;
      report(seq).catch(() => {
        reported.current = 0;
      });
    };
    const look = () => {
      clearTimeout(timer);
      if (present()) timer = setTimeout(tell, lookMs);
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const e of entries) {
          const seq = Number((e.target as HTMLElement).dataset.end);
          if (e.isIntersecting) seen.add(seq);
          else seen.delete(seq);
        }
        look();
      },
      { root },
    );
    for (const end of root.querySelectorAll<HTMLElement>("[data-end]")) {
      if (Number(end.dataset.end) > readSeq) observer.observe(end);
    }
    addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [scroller, lastSeq, readSeq, report]);
}

const present = () => document.visibilityState === "visible" && document.hasFocus();
