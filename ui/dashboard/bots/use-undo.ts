import { type Dispatch, useEffect } from "react";
import type { Edit } from "./history";

/** useUndo takes changes back by the keys that people know, except in a text field, which takes back what was typed there. */
export function useUndo(dispatch: Dispatch<Edit>) {
  useEffect(() => {
    const press = (e: KeyboardEvent) => {
      const type = undoKey(e);
      if (
        !type ||
        (e.target instanceof Element && e.target.closest("input, textarea, select, [role=dialog]"))
      )
        return;
      e.preventDefault();
      dispatch({ type });
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [dispatch]);
}

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** undoKey is what a key means here, if anything. */
export function undoKey(e: Pressed): "undo" | "redo" | undefined {
  if (!(e.ctrlKey || e.metaKey) || e.altKey) return undefined;
  const key = e.key.toLowerCase();
  if (key === "y" && !e.shiftKey) return "redo";
  return key === "z" ? (e.shiftKey ? "redo" : "undo") : undefined;
}
