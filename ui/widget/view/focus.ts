import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useChat } from "./context";

/** useFocusTurn gives the element the focus once for every time that it is wanted, and never again at a later mount. */
export function useFocusTurn(element: RefObject<HTMLElement | null>): void {
  const chat = useChat();
  useEffect(() => {
    if (chat.focus.value <= chat.focusServed || !element.current) return;
    chat.focusServed = chat.focus.value;
    element.current.focus();
  }, [chat.focus.value]);
}

/** useHeir asks for a new owner of the focus when what had it in the box goes with a change of the key. Elsewhere nobody is disturbed. */
export function useHeir(box: RefObject<HTMLElement | null>, key: string): void {
  const chat = useChat();
  const inside = box.current?.contains(document.activeElement) === true; // before the change is drawn
  const had = useRef(false);
  had.current ||= inside;
  useLayoutEffect(() => {
    if (had.current && document.activeElement === document.body) chat.focus.value++;
    had.current = false;
  }, [key]);
}
