import { Popover } from "radix-ui";
import { type RefObject, useRef, useState } from "react";
import { Icon } from "../parts/icon";
import { Picker } from "../parts/picker";
import { type Placeholder, written } from "./placeholders";

interface Props {
  list: readonly Placeholder[];
  /** The box that the placeholder is put into, where the cursor is. */
  box: RefObject<HTMLTextAreaElement | HTMLInputElement | null>;
  /** Takes the text of the box afterwards. */
  onChange: (text: string) => void;
  /** What the box is called, for those who do not see it. */
  label: string;
}

/** PlaceholderPicker puts a name into a text where the cursor is, and selects what is said if its value is not known. */
export function PlaceholderPicker({ list, box, onChange, label }: Props) {
  const [open, setOpen] = useState(false);
  const back = useRef(false);
  const put = (name: string) => {
    const el = box.current;
    const chosen = list.find((p) => p.name === name);
    setOpen(false);
    if (!el || !chosen) return;
    const { text, select } = written(chosen);
    const at = el.selectionStart ?? el.value.length;
    el.setRangeText(text, at, el.selectionEnd ?? at, "end");
    onChange(el.value);
    back.current = true;
    requestAnimationFrame(() => {
      el.focus();
      if (select) el.setSelectionRange(at + select[0], at + select[1]);
    });
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="text-tool" aria-label={`${label}: put in a value`}>
        <Icon name="plus" size={14} /> Put in a value
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Put in a value"
          onCloseAutoFocus={(e) => {
            if (back.current) e.preventDefault();
            back.current = false;
          }}
        >
          <Picker
            label="Values"
            placeholder="The visitor’s name, a field…"
            items={list.map(({ name, label }) => ({ value: name, label }))}
            onPick={put}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
