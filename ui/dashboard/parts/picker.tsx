import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Icon, type IconName } from "./icon";
import "./picker.css";

export interface PickerItem {
  value: string;
  label: string;
  /** Said behind the label, and found too. */
  about?: string;
  icon?: IconName;
  /** Where several can be picked: whether this one is. */
  picked?: boolean;
}

interface Props {
  items: PickerItem[];
  /** What typing finds besides. */
  more?: PickerItem[];
  /** What is chosen here, for those who do not see it: "Tags". */
  label: string;
  placeholder: string;
  /** Shown when nothing is found. */
  empty?: ReactNode;
  onPick: (value: string) => void;
  /** Several can be picked: picking does not clear what was typed. */
  several?: boolean;
}

const shown = 60;

/** found are the items that hold every word, those that begin with them first. */
export function found(items: PickerItem[], text: string): PickerItem[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return items;
  const hits = items.filter((item) =>
    words.every((w) => plain(`${item.about ?? ""} ${item.label}`).includes(w)),
  );
  const first = words[0] ?? "";
  const rank = (item: PickerItem) => (plain(item.label).startsWith(first) ? 0 : 1);
  return hits.sort((a, b) => rank(a) - rank(b));
}

const plain = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** Picker is a list that is searched by typing and walked with the arrow keys. It takes the focus when it appears. */
export function Picker({
  items,
  more = [],
  label,
  placeholder,
  empty = "Nothing found.",
  onPick,
  several,
}: Props) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const hits = found(text.trim() ? [...items, ...more] : items, text);
  const options = hits.slice(0, shown);
  const active = Math.min(at, options.length - 1);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const pick = (item: PickerItem | undefined) => {
    if (!item) return;
    onPick(item.value);
    if (!several) setText("");
  };
  const press = (e: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) setAt((active + step + options.length) % Math.max(1, options.length));
    else if (e.key === "Enter") pick(options[active]);
    else return;
    e.preventDefault();
  };
  return (
    <div className="picker">
      <div className="picker-search">
        <Icon name="search" size={15} />
        <input
          // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
          autoFocus
          className="input"
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          placeholder={placeholder}
          value={text}
          onChange={(e) => {
            setText(e.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label={label}
        aria-multiselectable={several}
        className="picker-list"
      >
        {options.map((item, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
          <div
            key={item.value}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={several ? Boolean(item.picked) : i === active}
            data-active={i === active ? "" : undefined}
            className="picker-item"
            onMouseDown={(e) => e.preventDefault()}
            onMouseMove={() => setAt(i)}
            onClick={() => pick(item)}
          >
            {several && <span className="check" data-on={item.picked ? "" : undefined} />}
            {item.icon && <Icon name={item.icon} size={16} />}
            <span className="picker-label">
              {item.about && <span className="faint">{item.about}: </span>}
              {item.label}
            </span>
          </div>
        ))}
      </div>
      {options.length === 0 && (
        <p className="picker-none" role="status">
          {empty}
        </p>
      )}
      {hits.length > shown && (
        <p className="picker-none">{`${hits.length - shown} more: type to find them.`}</p>
      )}
    </div>
  );
}
