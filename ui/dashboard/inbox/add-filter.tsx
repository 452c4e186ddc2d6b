import { Popover } from "radix-ui";
import { useRef, useState } from "react";
import { Icon } from "../parts/icon";
import { Picker, type PickerItem } from "../parts/picker";
import { useInboxData, useShown } from "./context";
import { type Facet, offered, valuesOf, withValues } from "./facets";
import { withFilter } from "./look";

interface Props {
  facets: Facet[];
  /** Called with a facet that has to be told what to compare with. */
  onAdd: (facet: Facet) => void;
}

/** AddFilter is the menu of everything there is to filter by; typing finds values, such as a tag, at once. */
export function AddFilter({ facets, onAdd }: Props) {
  const { look, setLook } = useInboxData();
  const { filter } = useShown();
  const [open, setOpen] = useState(false);
  const chosen = useRef<Facet>(undefined);
  const add = (value: string) => {
    setOpen(false);
    const [id, choice] = value.split("\n");
    const facet = facets.find((f) => f.id === id);
    if (!facet) return;
    if (facet.kind === "flag") setLook(withFilter(look, { ...filter, [facet.key]: true }));
    else if (facet.kind === "many" && choice !== undefined) {
      const values = new Set([...valuesOf(filter, facet.key), choice]);
      setLook(withFilter(look, withValues(filter, facet.key, [...values])));
    } else chosen.current = facet;
  };
  const closed = (e: Event) => {
    if (!chosen.current) return;
    e.preventDefault(); // the focus goes on to the question what to compare with
    onAdd(chosen.current);
    chosen.current = undefined;
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button filter-add" aria-label="Add filter">
        <Icon name="filter" size={17} />
        Filter
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Add filter"
          onCloseAutoFocus={closed}
        >
          <FacetPicker facets={offered(facets)} onPick={add} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function FacetPicker({ facets, onPick }: { facets: Facet[]; onPick: (value: string) => void }) {
  const items: PickerItem[] = facets.map((f) => ({ value: f.id, label: f.label, icon: f.icon }));
  const values = facets.flatMap((f) =>
    f.kind === "many"
      ? f.choices.map((c) => ({ value: `${f.id}\n${c.value}`, label: c.label, about: f.label, icon: f.icon }))
      : [],
  );
  return <Picker label="Filters" placeholder="Filter by…" items={items} more={values} onPick={onPick} />;
}
