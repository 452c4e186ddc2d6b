import { most } from "./bulk";

/** Selection is the conversations that are picked for a bulk edit. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Where a range begins: what was picked or left out last. */
  anchor?: string;
}

export const nothing: Selection = { ids: new Set() };

export type SelectionAction =
  | { type: "toggle"; id: string }
  | { type: "range"; id: string; order: string[] }
  | { type: "all"; order: string[] }
  | { type: "only"; order: string[] }
  | { type: "clear" };

/** select never holds more than can be changed at once; what goes beyond is left out. */
export function select(s: Selection, action: SelectionAction): Selection {
  switch (action.type) {
    case "toggle":
      return { ids: toggled(s.ids, action.id), anchor: action.id };
    case "range":
      return {
        ids: new Set([...s.ids, ...between(action.order, s.anchor, action.id)].slice(0, most)),
        anchor: action.id,
      };
    case "all":
      return { ids: new Set(action.order.slice(0, most)) };
    case "only":
      return only(s, new Set(action.order));
    case "clear":
      return nothing;
  }
}

function toggled(ids: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(ids);
  if (!next.delete(id) && next.size < most) next.add(id);
  return next;
}

/** between is the range from one id to another, both included, whichever stands first. Without a beginning it is the one alone. */
function between(order: string[], from: string | undefined, to: string): string[] {
  const a = from === undefined ? -1 : order.indexOf(from);
  const b = order.indexOf(to);
  if (a < 0 || b < 0) return [to];
  return order.slice(Math.min(a, b), Math.max(a, b) + 1);
}

/** only drops what is no longer in the list: nobody changes what they do not see. */
function only(s: Selection, there: Set<string>): Selection {
  const ids = [...s.ids].filter((id) => there.has(id));
  return ids.length === s.ids.size ? s : { ids: new Set(ids), anchor: s.anchor };
}
