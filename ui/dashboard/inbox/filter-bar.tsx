import { Popover } from "radix-ui";
import { type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { AddFilter } from "./add-filter";
import { useInboxData, useShown } from "./context";
import { FacetEditor } from "./facet-editor";
import { type Chip, chipsOf, type Facet, facetsOf, without } from "./facets";
import { isNarrowed, withFilter } from "./look";
import { SaveView } from "./save-view";

/** FilterBar is the search, what is filtered by, and the menu that adds to it. */
export function FilterBar({ search }: { search: RefObject<HTMLInputElement | null> }) {
  const me = useMe();
  const { look, options, setLook } = useInboxData();
  const { filter } = useShown();
  const facets = useMemo(() => facetsOf(me, options, look.view), [me, options, look.view]);
  const chips = useMemo(() => chipsOf(filter, facets), [filter, facets]);
  const [added, setAdded] = useState<Facet>();
  const fresh = added && !chips.some((c) => c.facet.id === added.id) ? added : undefined;
  const bar = useRef<HTMLDivElement>(null);
  const remove = (chip: Chip) => {
    setLook(withFilter(look, without(filter, chip.facet)));
    requestAnimationFrame(() => {
      const next = bar.current?.querySelector<HTMLElement>(".filter-chip button, .filter-acts button");
      (next ?? bar.current?.querySelector<HTMLElement>(".filter-add"))?.focus();
    });
  };
  return (
    <div ref={bar} className="filters">
      <div className="filters-line">
        <Search box={search} />
        <AddFilter facets={facets} onAdd={setAdded} />
      </div>
      {(isNarrowed(look) || chips.length > 0 || fresh) && (
        <div className="filter-chips">
          {chips.map((chip) => (
            <FilterChip
              key={chip.facet.id}
              chip={chip}
              opened={chip.facet.id === added?.id}
              close={() => setAdded(undefined)}
              remove={() => remove(chip)}
            />
          ))}
          {fresh && (
            <FilterChip
              key={fresh.id}
              chip={{ facet: fresh, text: "…" }}
              opened
              close={() => setAdded(undefined)}
              remove={() => setAdded(undefined)}
            />
          )}
          {isNarrowed(look) && <SaveView />}
        </div>
      )}
    </div>
  );
}

interface ChipProps {
  chip: Chip;
  /** It was just added: what it compares with is asked for at once. */
  opened: boolean;
  close: () => void;
  remove: () => void;
}

/** FilterChip says one thing that is filtered by; pressing it changes that, Delete or its cross removes it. */
function FilterChip({ chip, opened, close, remove }: ChipProps) {
  const { facet, text } = chip;
  const words = text ? `${facet.label}: ${text}` : facet.label;
  const onKeyDown = (e: KeyboardEvent) => (e.key === "Delete" || e.key === "Backspace") && remove();
  return (
    <span className="filter-chip" title={words}>
      {facet.kind === "flag" ? (
        <span className="filter-chip-words">
          <Icon name={facet.icon} size={14} /> {facet.label}
        </span>
      ) : (
        <EditChip chip={chip} opened={opened} close={close} onKeyDown={onKeyDown} />
      )}
      <button
        type="button"
        className="filter-chip-x"
        aria-label={`Remove the filter ${words}`}
        onClick={remove}
        onKeyDown={onKeyDown}
      >
        <Icon name="x" size={12} />
      </button>
    </span>
  );
}

interface EditProps extends Omit<ChipProps, "remove"> {
  onKeyDown: (e: KeyboardEvent) => void;
}

function EditChip({ chip: { facet, text }, opened, close, onKeyDown }: EditProps) {
  const [open, setOpen] = useState(false);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) close();
  };
  return (
    <Popover.Root open={open || opened} onOpenChange={change}>
      <Popover.Trigger className="filter-chip-words filter-chip-edit" onKeyDown={onKeyDown}>
        <Icon name={facet.icon} size={14} />
        <span className="ellipsis">
          {facet.kind === "field" ? facet.label : `${facet.label}:`} <strong>{text}</strong>
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={facet.label}
        >
          <FacetEditor facet={facet} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Search hands on what was typed once the typing rests. */
function Search({ box }: { box: RefObject<HTMLInputElement | null> }) {
  const { look, setLook } = useInboxData();
  const [text, setText] = useState(look.q);
  const [sent, setSent] = useState(look.q);
  if (look.q !== sent) {
    setSent(look.q);
    setText(look.q);
  }
  useEffect(() => {
    const q = text.trim();
    if (q === look.q) return;
    const timer = setTimeout(() => {
      setSent(q);
      setLook({ ...look, q });
    }, 250);
    return () => clearTimeout(timer);
  }, [text, look, setLook]);
  return (
    <search className="search">
      <Icon name="search" size={16} />
      <input
        ref={box}
        type="search"
        className="input"
        placeholder="Search"
        aria-label="Search conversations"
        maxLength={200}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={(e) => e.key === "Escape" && (text ? setText("") : e.currentTarget.blur())}
      />
      {text ? (
        <button
          type="button"
          className="search-clear"
          aria-label="Clear the search"
          onClick={() => setText("")}
        >
          <Icon name="x" size={14} />
        </button>
      ) : (
        <span className="search-key" aria-hidden="true">
          /
        </span>
      )}
    </search>
  );
}
