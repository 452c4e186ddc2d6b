import type { RefObject } from "react";
import { Button } from "./button";
import { useNotify } from "./notices";

interface Props {
  text: string;
  /** What is copied, as the beginning of a sentence: "The code". */
  what: string;
  /** Where it stands on the page: it is selected where the browser does not let us copy. */
  shown?: RefObject<HTMLElement | null>;
  small?: boolean;
}

export function CopyButton({ text, what, shown, small }: Props) {
  const notify = useNotify();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      notify(`${what} is copied.`);
    } catch {
      if (shown?.current) getSelection()?.selectAllChildren(shown.current);
      notify(`${what} is selected: copy it with your keyboard.`);
    }
  };
  return (
    <Button icon="copy" size={small ? "small" : undefined} onClick={copy}>
      Copy
    </Button>
  );
}
