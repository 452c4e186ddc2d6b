import {
  type ClipboardEvent,
  type KeyboardEvent,
  type RefObject,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { grow, touched } from "../text-box";
import { begun, type Edit, linked, nextLine, type Selected, wrapped } from "./edit-text";

/** BoxHandle edits the text from outside the field. */
export interface BoxHandle {
  focus: () => void;
  edit: (make: (s: Selected) => Edit | null) => void;
}

interface Props {
  handle: RefObject<BoxHandle | null>;
  id: string;
  placeholder: string;
  describedBy: string;
  invalid: boolean;
  hidden: boolean;
  text: string;
  change: (text: string) => void;
  submit: () => void;
  /** slash is told of a "/" at the beginning of an empty text. */
  slash?: () => void;
  paste?: (files: File[]) => void;
}

/** Box is the field in which agents write. Edits go through the browser, so that it can undo them. */
export function Box({
  handle,
  text,
  change,
  submit,
  slash,
  paste,
  hidden,
  invalid,
  describedBy,
  ...rest
}: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (!hidden) grow(box.current, text);
  }, [text, hidden]);
  const edit = (make: (s: Selected) => Edit | null) => {
    const el = box.current;
    const e = el && make({ text: el.value, from: el.selectionStart, to: el.selectionEnd });
    if (e) apply(el, e);
    return Boolean(e);
  };
  useImperativeHandle(handle, () => ({ focus: () => box.current?.focus(), edit: (make) => void edit(make) }));

  const key = (e: KeyboardEvent) => {
    if (e.nativeEvent.isComposing) return;
    const made = keyed(e, edit);
    if (made) return e.preventDefault();
    if (e.key === "/" && text === "" && slash) {
      e.preventDefault();
      slash();
    }
    if (e.key !== "Enter" || e.shiftKey || touched()) return;
    e.preventDefault();
    submit();
  };
  return (
    <textarea
      {...rest}
      ref={box}
      rows={1}
      dir="auto"
      hidden={hidden}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      value={text}
      onChange={(e) => change(e.target.value)}
      onKeyDown={key}
      onPaste={(e) => {
        const files = pasted(e);
        if (!paste || files.length === 0) return;
        e.preventDefault();
        paste(files);
      }}
    />
  );
}

/** keyed does what a key is for besides writing; it reports whether it did something. */
function keyed(e: KeyboardEvent, edit: (make: (s: Selected) => Edit | null) => boolean): boolean {
  if (e.key === "Enter" && e.shiftKey) return edit(nextLine);
  if (!(e.ctrlKey || e.metaKey) || e.altKey || e.shiftKey) return false;
  switch (e.key.toLowerCase()) {
    case "b":
      return edit((s) => wrapped(s, "**"));
    case "i":
      return edit((s) => wrapped(s, "*"));
    case "k":
      return edit(linked);
  }
  return false;
}

export const toolEdits = {
  bold: (s: Selected) => wrapped(s, "**"),
  italic: (s: Selected) => wrapped(s, "*"),
  code: (s: Selected) => wrapped(s, "`"),
  bullets: (s: Selected) => begun(s, "bullets"),
  numbers: (s: Selected) => begun(s, "numbers"),
  quote: (s: Selected) => begun(s, "quote"),
  link: linked,
};

/** apply lets the browser write, so that Ctrl + Z takes it back; execCommand has no successor for that. */
function apply(el: HTMLTextAreaElement, e: Edit) {
  el.focus();
  el.setSelectionRange(e.from, e.to);
  const done = e.insert
    ? document.execCommand("insertText", false, e.insert)
    : document.execCommand("delete");
  if (!done) {
    el.setRangeText(e.insert, e.from, e.to);
    el.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  el.setSelectionRange(...e.select);
}

/** pasted are the files of a paste; where there is text as well, the text is meant. */
function pasted({ clipboardData: data }: ClipboardEvent): File[] {
  return data.types.includes("text/plain") ? [] : [...data.files];
}
