import { Popover } from "radix-ui";
import { useRef, useState } from "react";
import { Icon } from "../parts/icon";
import { Picker } from "../parts/picker";
import { languageName } from "../time/format";
import { languageChoices } from "./languages";

interface Props {
  /** What the text is called, for those who do not see it. */
  label: string;
  /** The languages with a text of their own. */
  codes: string[];
  /** The one in view; "" is the text for everybody else. */
  at: string;
  pick: (code: string) => void;
  add: (code: string) => void;
  /** Takes the one in view away. */
  remove: () => void;
}

/** LanguageTabs says for whom a text is: everybody, or the readers of a language. */
export function LanguageTabs({ label, codes, at, pick, add, remove }: Props) {
  return (
    <fieldset className="text-languages" aria-label={`${label}: languages`}>
      {codes.length > 0 && <Tab name="Everybody else" on={at === ""} pick={() => pick("")} />}
      {codes.map((code) => (
        <span key={code} className="text-language">
          <Tab name={languageName(code)} on={at === code} pick={() => pick(code)} />
          {at === code && (
            <button
              type="button"
              className="text-language-x"
              aria-label={`Take ${languageName(code)} away`}
              onClick={remove}
            >
              <Icon name="x" size={12} />
            </button>
          )}
        </span>
      ))}
      <AddLanguage label={label} codes={codes} add={add} />
    </fieldset>
  );
}

function Tab({ name, on, pick }: { name: string; on: boolean; pick: () => void }) {
  return (
    <button type="button" className="text-tab" aria-pressed={on} onClick={pick}>
      {name}
    </button>
  );
}

function AddLanguage({ label, codes, add }: Pick<Props, "label" | "codes" | "add">) {
  const [open, setOpen] = useState(false);
  const picked = useRef(false);
  const left = languageChoices().filter(({ value }) => !codes.includes(value));
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="text-tool" aria-label={`${label}: add a language`}>
        <Icon name="globe" size={14} /> {codes.length > 0 ? "Add" : "Add a language"}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Add a language"
          onCloseAutoFocus={(e) => {
            if (picked.current) e.preventDefault(); // the focus goes on into the text
            picked.current = false;
          }}
        >
          <Picker
            label="Languages"
            placeholder="German, Polish…"
            items={left}
            onPick={(code) => {
              picked.current = true;
              setOpen(false);
              add(code);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
