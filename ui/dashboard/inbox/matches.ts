import type { IssueFilter, Row } from "../../shared/agent";

/** What a row alone can tell about a filter: custom fields and the words of a conversation are only known to the server. */
export type Verdict = "yes" | "no" | "unsure";

/** verdict judges a row by filters that must all match. now is in Unix milliseconds. */
export function verdict(row: Row, filters: IssueFilter[], me: string, now: number): Verdict {
  let all: Verdict = "yes";
  for (const filter of filters) {
    for (const one of judge(row, filter, me, now)) {
      if (one === "no") return "no";
      if (one === "unsure") all = "unsure";
    }
  }
  return all;
}

const is = (matches: boolean): Verdict => (matches ? "yes" : "no");

function* judge(row: Row, f: IssueFilter, me: string, now: number): Generator<Verdict> {
  if (f.states) yield is(f.states.includes(row.state));
  if (f.assignees)
    yield is(f.assignees.includes(row.assignee_id || "nobody") || isMine(row, f.assignees, me));
  if (f.queues) yield is(f.queues.includes(row.queue_id || "none"));
  if (f.apps) yield is(f.apps.includes(row.app_id));
  if (f.platforms) yield is(f.platforms.includes(row.platform));
  if (f.languages) yield is(f.languages.some((l) => speaks(row.user.language, l)));
  yield* judgeTags(row.tags ?? [], f);
  if (f.follow_ups) yield row.follow_up ? is(f.follow_ups.includes(row.follow_up.state)) : "unsure";
  if (f.ratings) yield is(f.ratings.includes(row.rating ?? 0));
  if (f.unread) yield is(row.unread > 0);
  if (f.left) yield row.user.presence === "active" ? "no" : "unsure";
  yield* judgeTimes(row, f, now);
  if (f.fields || f.text) yield "unsure";
}

const isMine = (row: Row, assignees: string[], me: string) =>
  assignees.includes("me") && row.assignee_id === me;

function speaks(language: string, wanted: string): boolean {
  const l = language.toLowerCase();
  const w = wanted.toLowerCase();
  return l === w || l.startsWith(`${w}-`);
}

function* judgeTags(tags: string[], f: IssueFilter): Generator<Verdict> {
  if (f.tags_any) yield is(f.tags_any.some((t) => tags.includes(t)));
  if (f.tags_all) yield is(f.tags_all.every((t) => tags.includes(t)));
  if (f.tags_none) yield is(!f.tags_none.some((t) => tags.includes(t)));
}

const dayMs = 86_400_000;

function* judgeTimes(row: Row, f: IssueFilter, now: number): Generator<Verdict> {
  if (f.created_from) yield is(row.created_at >= f.created_from);
  if (f.created_to) yield is(row.created_at < f.created_to);
  if (f.updated_from) yield is(row.updated_at >= f.updated_from);
  if (f.updated_to) yield is(row.updated_at < f.updated_to);
  if (f.created_days) yield is(row.created_at >= now - f.created_days * dayMs);
  if (f.updated_days) yield is(row.updated_at >= now - f.updated_days * dayMs);
}
