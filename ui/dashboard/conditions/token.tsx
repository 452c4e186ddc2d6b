import { Popover } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Icon, type IconName } from "../parts/icon";

interface Props {
  /** What is chosen here, for those who do not see the sentence: "Subject". */
  label: string;
  /** What is chosen, or what to choose while nothing is. */
  text: string;
  icon?: IconName;
  /** Nothing is chosen yet. */
  unfinished?: boolean;
  /** Begins open: it has just been put there. */
  fresh?: boolean;
  /** What to choose from; close puts it away. */
  children: (close: () => void) => ReactNode;
}

/** Token is a word of a sentence that can be chosen. */
export function Token({ label, text, icon, unfinished, fresh, children }: Props) {
  const [open, setOpen] = useState(Boolean(fresh));
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className="token"
        data-unfinished={unfinished || undefined}
        aria-label={`${label}: ${text}`}
      >
        {icon && <Icon name={icon} size={15} />}
        <span className="token-text">{text}</span>
        <Icon name="down" size={13} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          onCloseAutoFocus={(e) => goesOn() && e.preventDefault()}
        >
          {children(() => setOpen(false))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** goesOn reports whether the focus is somewhere else already, as in what has to be chosen next. To take it back would close that. */
const goesOn = () => document.activeElement !== null && document.activeElement !== document.body;

interface SelectProps {
  label: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** TokenSelect is a word with few alternatives. */
export function TokenSelect({ label, value, choices, onChange }: SelectProps) {
  return (
    <select
      className="token token-select"
      aria-label={label}
      value={value}
      onChange={(e) => onChange(e.target.value)}
    >
      {choices.map((c) => (
        <option key={c.value} value={c.value}>
          {c.label}
        </option>
      ))}
    </select>
  );
}
