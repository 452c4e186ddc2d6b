import type { RuleOptions, SetWebhook, Webhook } from "../../../shared/agent";
import { isWhole, normal } from "../../conditions/condition";
import { subjectOf } from "../../conditions/subjects";
import type { Problem } from "../draft";

/** Draft is a webhook as it is being edited. */
export type Draft = Required<SetWebhook>;

export const noWebhook: Draft = { title: "", url: "", event: "update_issue", all: [], any: [] };

export const draftOf = ({ title, url, event, all = [], any = [] }: Webhook): Draft => ({
  title,
  url,
  event,
  all,
  any,
});

export const isDirty = (a: Draft, b: Draft) => JSON.stringify(toSend(a)) !== JSON.stringify(toSend(b));

/** toSend is the draft as the server takes it. */
export const toSend = (d: Draft): Draft => ({
  ...d,
  title: d.title.trim(),
  url: d.url.trim(),
  all: d.all.map(normal),
  any: d.any.map(normal),
});

/** The most conditions that a webhook has, as the server takes it. */
export const mostConditions = 10;

/** Problems is what a webhook still lacks, each at its place. */
export interface Problems {
  title?: string;
  url?: string;
  all: Record<number, string>;
  any: Record<number, string>;
  /** What has no place. */
  other?: string;
}

const none = (): Problems => ({ all: {}, any: {} });

export const isFree = (p: Problems) => JSON.stringify(p) === JSON.stringify(none());

/** urlProblem says what is wrong with the address of a receiver; "" if nothing seems to be. The server looks closer. */
export function urlProblem(raw: string): string {
  const text = raw.trim();
  if (!text) return "Write the address of your program.";
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    return "Write the whole address: https://shop.example.com/hooks.";
  return "";
}

/** problemsOf is what is still to be chosen or written. */
export function problemsOf(d: Draft, options: RuleOptions): Problems {
  const problems = none();
  if (!d.title.trim()) problems.title = "Give it a name.";
  const url = urlProblem(d.url);
  if (url) problems.url = url;
  for (const list of ["all", "any"] as const) {
    d[list].forEach((c, at) => {
      if (!isWhole(c, subjectOf(c, options))) problems[list][at] = "Say what it compares with.";
    });
  }
  return problems;
}

/** placed is a refusal of the server at its place: "all.0.values" is the first condition. */
export function placed({ field, text }: Problem): Problems {
  const problems = none();
  const [list, at] = field.split(".");
  if (at !== undefined && (list === "all" || list === "any")) problems[list][Number(at)] = text;
  else if (field === "title" || field === "url") problems[field] = text;
  else problems.other = text;
  return problems;
}
