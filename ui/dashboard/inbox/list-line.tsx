import { DropdownMenu } from "radix-ui";
import { Icon } from "../parts/icon";
import { useInboxData } from "./context";
import type { Sort } from "./look";
import type { InboxState } from "./reducer";
import type { SelectionAction } from "./selection";
import { countText } from "./views";

const sorts: { sort: Sort; label: string; short: string }[] = [
  { sort: "updated", label: "Newest change first", short: "Newest change" },
  { sort: "created", label: "Newest conversation first", short: "Newest" },
  { sort: "waiting", label: "Longest waiting first", short: "Longest waiting" },
];

interface Props {
  state: InboxState;
  pick: (action: SelectionAction) => void;
}

/** ListLine says how many there are and in which order. */
export function ListLine({ state, pick }: Props) {
  const { rows, leaving } = state;
  const there = rows.filter((r) => !leaving.has(r.id));
  return (
    <div className="list-line">
      <label className="line-pick">
        <input
          type="checkbox"
          className="check-box"
          checked={false}
          disabled={there.length === 0 || state.status !== "ready"}
          aria-label="Select all that are loaded"
          onChange={() => pick({ type: "all", order: there.map((r) => r.id) })}
        />
      </label>
      <span className="line-count" role="status">
        {lineText(state)}
      </span>
      <SortMenu />
    </div>
  );
}

function lineText({ status, total }: InboxState): string {
  if (status === "loading") return "Loading…";
  if (status === "failed") return "";
  return total === 1 ? "1 conversation" : `${countText(total)} conversations`;
}

function SortMenu() {
  const { look, setLook } = useInboxData();
  const current = sorts.find((s) => s.sort === look.sort);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="button quiet small line-sort"
        aria-label={`Order: ${current?.label}. Change`}
      >
        <Icon name="sort" size={15} />
        {current?.short}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.RadioGroup
            value={look.sort}
            onValueChange={(sort) => setLook({ ...look, sort: sort as Sort })}
          >
            {sorts.map(({ sort, label }) => (
              <DropdownMenu.RadioItem key={sort} value={sort} className="menu-item">
                {label}
                <DropdownMenu.ItemIndicator className="tick">
                  <Icon name="check" size={16} />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
