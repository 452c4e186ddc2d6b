import { type FormEvent, useState } from "react";
import { Button } from "../parts/button";
import { Picker } from "../parts/picker";
import { useInboxData, useShown } from "./context";
import { type Dates, datesOf, spans, type Which, withDates } from "./dates";
import { type Facet, unlisted, valuesOf, withField, withValues } from "./facets";
import { FieldEditor } from "./field-editor";
import { withFilter } from "./look";

/** FacetEditor changes what a facet is compared with; the list follows at once. */
export function FacetEditor({ facet }: { facet: Facet }) {
  const { look, setLook } = useInboxData();
  const { filter } = useShown();
  switch (facet.kind) {
    case "many": {
      const values = valuesOf(filter, facet.key);
      const strange = values.filter((v) => !facet.choices.some((c) => c.value === v));
      const choices = [...facet.choices, ...strange.map((value) => ({ value, label: unlisted(value) }))];
      const toggle = (value: string) => {
        const next = values.includes(value) ? values.filter((v) => v !== value) : [...values, value];
        setLook(withFilter(look, withValues(filter, facet.key, next)));
      };
      const items = choices.map((c) => ({ ...c, picked: values.includes(c.value) }));
      return (
        <Picker several label={facet.label} placeholder={`${facet.label}…`} items={items} onPick={toggle} />
      );
    }
    case "dates":
      return (
        <DatesEditor
          which={facet.which}
          dates={datesOf(filter, facet.which)}
          set={(dates) => setLook(withFilter(look, withDates(filter, facet.which, dates)))}
        />
      );
    case "field":
      return (
        <FieldEditor
          field={facet.field}
          filter={filter.fields?.find((f) => f.key === facet.field.key)}
          set={(to) => setLook(withFilter(look, withField(filter, facet.field.key, to)))}
        />
      );
    case "text":
      return (
        <TextEditor text={filter.text ?? ""} set={(text) => setLook(withFilter(look, { ...filter, text }))} />
      );
    case "flag":
      return null;
  }
}

interface DatesProps {
  which: Which;
  dates: Dates;
  set: (dates: Dates) => void;
}

function DatesEditor({ which, dates, set }: DatesProps) {
  const what = which === "created" ? "Started" : "Last change";
  return (
    <div className="facet-form">
      <div className="facet-spans">
        {spans.map(({ days, label }) => (
          <Button key={days} size="small" aria-pressed={dates.days === days} onClick={() => set({ days })}>
            {label}
          </Button>
        ))}
      </div>
      <div className="facet-days">
        <label>
          From
          <input
            type="date"
            className="input"
            aria-label={`${what} from`}
            value={dates.from ?? ""}
            max={dates.to}
            onChange={(e) => set({ from: e.target.value, to: dates.to })}
          />
        </label>
        <label>
          To
          <input
            type="date"
            className="input"
            aria-label={`${what} to`}
            value={dates.to ?? ""}
            min={dates.from}
            onChange={(e) => set({ from: dates.from, to: e.target.value })}
          />
        </label>
      </div>
    </div>
  );
}

function TextEditor({ text: first, set }: { text: string; set: (text: string) => void }) {
  const [text, setText] = useState(first);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (text.trim()) set(text.trim());
  };
  return (
    <form className="facet-form" onSubmit={submit}>
      <input
        className="input"
        aria-label="Words"
        maxLength={200}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <Button type="submit" size="small" disabled={!text.trim()}>
        Apply
      </Button>
    </form>
  );
}
