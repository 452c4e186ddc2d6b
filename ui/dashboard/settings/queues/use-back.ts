import { useEffect, useRef } from "react";

/** useBack gives the focus back to a button of what its reference is set on, once an editor there has closed. */
export function useBack<T extends HTMLElement>(editing: boolean, button: string) {
  const ref = useRef<T>(null);
  const was = useRef(editing);
  useEffect(() => {
    if (was.current && !editing) ref.current?.querySelector<HTMLElement>(button)?.focus();
    was.current = editing;
  }, [editing, button]);
  return ref;
}
