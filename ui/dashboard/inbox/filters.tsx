import { ToggleGroup } from "radix-ui";
import { useEffect, useState } from "react";
import type { Counts } from "../../shared/agent";
import { Icon } from "../parts/icon";
import type { Filter, View } from "./rows";

interface Props {
  filter: Filter;
  counts?: Counts;
  onChange: (filter: Filter) => void;
}

export function Filters({ filter, counts, onChange }: Props) {
  const pick = (view: string) => view && onChange({ ...filter, view: view as View });
  return (
    <div className="filters">
      <Search filter={filter} onChange={onChange} />
      <div className="filters-line">
        <ToggleGroup.Root
          type="single"
          className="views"
          aria-label="View"
          value={filter.view}
          onValueChange={pick}
        >
          <ViewButton view="open" text="Open" count={counts?.open} />
          <ViewButton view="mine" text="Mine" count={counts?.mine} />
          <ViewButton view="all" text="All" />
        </ToggleGroup.Root>
        <button
          type="button"
          className="unread-toggle"
          aria-pressed={filter.unread}
          onClick={() => onChange({ ...filter, unread: !filter.unread })}
        >
          Unread
          {counts && counts.unread > 0 && <Count n={counts.unread} />}
        </button>
      </div>
    </div>
  );
}

function ViewButton({ view, text, count }: { view: View; text: string; count?: number }) {
  return (
    <ToggleGroup.Item value={view} className="view">
      {text}
      {count !== undefined && <Count n={count} />}
    </ToggleGroup.Item>
  );
}

const Count = ({ n }: { n: number }) => (
  <span className="view-count">
    <span className="hidden-text">, </span>
    {n > 999 ? "999+" : n}
  </span>
);

/** Search hands on what was typed once the typing rests. */
function Search({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const [text, setText] = useState(filter.q);
  const [sent, setSent] = useState(filter.q);
  if (filter.q !== sent) {
    setSent(filter.q);
    setText(filter.q);
  }
  useEffect(() => {
    const q = text.trim();
    if (q === filter.q) return;
    const timer = setTimeout(() => {
      setSent(q);
      onChange({ ...filter, q });
    }, 250);
    return () => clearTimeout(timer);
  }, [text, filter, onChange]);
  return (
    <search className="search">
      <Icon name="search" size={16} />
      <input
        type="search"
        className="input"
        placeholder="Search conversations"
        aria-label="Search conversations"
        maxLength={200}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => e.key === "Escape" && setText("")}
      />
      {text && (
        <button
          type="button"
          className="search-clear"
          aria-label="Clear the search"
          onClick={() => setText("")}
        >
          <Icon name="x" size={14} />
        </button>
      )}
    </search>
  );
}
