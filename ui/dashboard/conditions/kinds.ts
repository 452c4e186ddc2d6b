import type { Condition } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { type Op, ops } from "./ops";

export interface Choice {
  value: string;
  label: string;
}

/** Subject is something that a condition can ask about, as people choose it. */
export interface Subject {
  /** A Subject of the server, with a key after a slash where there is one: "field/order_number". */
  id: string;
  group: string;
  icon: IconName;
  /** At the beginning of a line: "Language". */
  name: string;
  /** In a sentence: "the language". */
  said: string;
  ops: readonly Op[];
  takes: "choice" | "text" | "number" | "date" | "duration";
  /** What there is to choose from; in the order in which it is offered. */
  choices?: Choice[];
  /** What we call a value that can no longer be chosen; nothing for the value itself. */
  gone?: string;
  /** The beginning of its key, where the rest is to be written: "custom.". */
  keyed?: string;
  /** What is to be known about it, in one sentence. */
  note?: string;
  /** What a new condition begins with. */
  first?: Partial<Condition>;
}

export type Kind = Pick<Subject, "ops" | "takes" | "choices" | "gone" | "first">;

export const plain = (values: readonly string[] = []): Choice[] =>
  values.map((value) => ({ value, label: value }));
export const named = (list: readonly { id: string; name: string }[]): Choice[] =>
  list.map(({ id, name }) => ({ value: id, label: name }));
export const choice = (choices: Choice[], more: Partial<Kind> = {}): Kind => ({
  ops: ops.choice,
  takes: "choice",
  choices,
  ...more,
});
