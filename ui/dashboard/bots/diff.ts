import type { RuleOptions, Script, Step } from "../../shared/agent";
import { answersOf } from "./placeholders";
import { titleOf } from "./words";

/** Difference is what publishing changes, in words. */
export interface Difference {
  added: string[];
  removed: string[];
  changed: string[];
  /** Steps that stay stand in another order. */
  moved: boolean;
  nickname: boolean;
}

/** differenceOf compares the published script with the draft. */
export function differenceOf(was: Script, now: Script, options: RuleOptions): Difference {
  const title = (of: Script) => (step: Step) => titleOf(step, options, answersOf(of.steps));
  const before = new Map(was.steps.map((s) => [s.id, s]));
  const after = new Set(now.steps.map((s) => s.id));
  const stay = (s: Script) => s.steps.map((x) => x.id).filter((id) => before.has(id) && after.has(id));
  return {
    added: now.steps.filter((s) => !before.has(s.id)).map(title(now)),
    removed: was.steps.filter((s) => !after.has(s.id)).map(title(was)),
    changed: now.steps
      .filter((s) => before.has(s.id) && spelled(before.get(s.id)) !== spelled(s))
      .map(title(now)),
    moved: stay(was).join() !== stay(now).join(),
    nickname: spelled(was.nickname) !== spelled(now.nickname),
  };
}

export const isSame = (d: Difference) =>
  d.added.length + d.removed.length + d.changed.length === 0 && !d.moved && !d.nickname;

/** spelled is the same for what means the same: fields in order, what is empty left out. */
export function spelled(value: unknown): string {
  return JSON.stringify(value, (_, v: unknown) => {
    if (v === "" || v === false || v === 0) return undefined;
    if (Array.isArray(v)) return v.length > 0 ? v : undefined;
    if (!v || typeof v !== "object") return v;
    return Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
