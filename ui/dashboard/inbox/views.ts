import type { Counts } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { firstLook, searchOf } from "./look";

export interface View {
  id: string;
  name: string;
  icon: IconName;
  /** The key that leads here after "g". */
  key: string;
  search: string;
  count?: Exclude<keyof Counts, "smart">;
}

const view = (id: string, name: string, icon: IconName, key: string, count?: View["count"]): View => ({
  id,
  name,
  icon,
  key,
  search: searchOf({ ...firstLook, view: id }),
  count,
});

/** The views that are always there. */
export const views: View[] = [
  view("open", "Open", "inbox", "i", "open"),
  view("mine", "Mine", "user", "m", "mine"),
  view("unassigned", "Unassigned", "assign", "u", "unassigned"),
  view("waiting", "Waiting for us", "clock", "w", "waiting"),
  view("left", "Left and unread", "leave", "l", "left"),
  view("resolved", "Resolved", "check", "d"),
  view("all", "All", "chat", "a"),
];

/** countText is a count as people read it: counting stops at 10,000. */
export const countText = (n: number) => (n >= 10_000 ? "10,000+" : n.toLocaleString("en"));
