import { useRef } from "react";

const every = 3000;

/** useTelling tells others that somebody types, at most every three seconds. */
export function useTelling(tell: () => void) {
  const told = useRef(0);
  return {
    change: (text: string) => {
      if (!text.trim() || Date.now() - told.current < every) return;
      told.current = Date.now();
      tell();
    },
    /** done is called once the text is sent: the next one is told of at once. */
    done: () => {
      told.current = 0;
    },
  };
}
