import { useRef } from "react";

/** useKeys gives the entries of a list keys that stay theirs while others are put in, moved and taken out. */
export function useKeys(count: number) {
  const next = useRef(0);
  const keys = useRef<number[]>([]);
  while (keys.current.length < count) keys.current.push(next.current++);
  keys.current.length = count;
  return {
    keys: keys.current,
    drop: (at: number) => void keys.current.splice(at, 1),
    move: (from: number, to: number) => {
      const [key] = keys.current.splice(from, 1);
      if (key !== undefined) keys.current.splice(to, 0, key);
    },
  };
}
