import { useEffect, useRef } from "react";

const lookMs = 1500;

/** useSeen is the newest message that was on screen long enough to be seen; what comes in while somebody presses Enter is not. */
export function useSeen(newest: number) {
  const seen = useRef(newest);
  useEffect(() => {
    if (newest <= seen.current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState !== "visible") return;
      timer = setTimeout(() => {
        seen.current = newest;
      }, lookMs);
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [newest]);
  return seen;
}
