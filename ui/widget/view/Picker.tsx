import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { InputOption } from "../../shared/chat";
import { found } from "../model/ask";
import { t } from "../strings/strings";
import type { Control } from "./Question";

/** Picker is a list of many options with a search: the arrows move in it while the focus stays in the field. */
export function Picker({ id, text, options, problem, answer }: Control) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const rows = found(options, query);
  const current = rows[Math.min(at, rows.length - 1)];
  const name = (o: InputOption) => `${id}-${o.id}`;
  const choose = (o: InputOption) => answer(o.id, o.text);

  useLayoutEffect(() => {
    // Only the list moves: the thread stays where it is.
    const box = list.current;
    const row = box?.querySelector<HTMLElement>("[aria-selected=true]");
    if (!box || !row) return;
    const below = row.offsetTop + row.offsetHeight - box.clientHeight;
    box.scrollTop = Math.max(below, Math.min(box.scrollTop, row.offsetTop));
  }, [current]);

  function key(e: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[e.key];
    if (e.key === "Escape" && query) {
      setQuery("");
      e.stopPropagation(); // it would close the panel
    } else if (e.key === "Enter" && !e.isComposing && current) choose(current);
    else if (step) setAt(Math.max(0, Math.min(rows.length - 1, at + step)));
    else return;
    e.preventDefault();
  }

  return (
    <div class="box">
      <input
        type="text"
        role="combobox"
        dir="auto"
        autocomplete="off"
        enterkeyhint="done"
        data-first
        placeholder={t("ask.search")}
        aria-label={`${t("ask.search")}. ${text}`}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={current && name(current)}
        aria-describedby={problem}
        value={query}
        onInput={(e) => {
          setQuery(e.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={key}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label={text} class="picks">
        {rows.map((o) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the current row
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
          <div
            key={o.id}
            id={name(o)}
            role="option"
            dir="auto"
            class="pick"
            aria-selected={o === current}
            onClick={() => choose(o)}
          >
            {o.text}
          </div>
        ))}
      </div>
      <p class="hint" role="status">
        {rows.length === 0 && t("ask.none")}
      </p>
    </div>
  );
}
