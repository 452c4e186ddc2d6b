import type { CustomField, FieldFilter, InboxOptions, IssueFilter, Me, NamedQueue } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { languageName } from "../time/format";
import { datesText, type Which, withoutDates } from "./dates";
import { fieldText } from "./field-words";

export interface Choice {
  value: string;
  label: string;
}

type ListKey =
  | "states"
  | "assignees"
  | "queues"
  | "apps"
  | "platforms"
  | "languages"
  | "tags_any"
  | "tags_all"
  | "tags_none"
  | "follow_ups"
  | "ratings";

interface Named {
  /** Unique among the facets. */
  id: string;
  label: string;
  icon: IconName;
}

/** Facet is one thing to filter by. */
export type Facet = Named &
  (
    | { kind: "many"; key: ListKey; choices: Choice[] }
    | { kind: "flag"; key: "unread" | "left" }
    | { kind: "dates"; which: Which }
    | { kind: "field"; field: CustomField }
    | { kind: "text" }
  );

const openChoices: Choice[] = [
  { value: "new", label: "New" },
  { value: "new-for-agent", label: "New for agent" },
  { value: "waiting-for-agent", label: "Waiting for us" },
  { value: "agent-replied", label: "Answered" },
];
const closedChoices: Choice[] = [
  { value: "resolved", label: "Resolved" },
  { value: "rejected", label: "Rejected" },
];
const platforms: Choice[] = [
  { value: "web", label: "Web" },
  { value: "ios", label: "iOS" },
  { value: "android", label: "Android" },
];
const followUps: Choice[] = [
  { value: "waiting", label: "Planned or waiting" },
  { value: "sending", label: "Being sent" },
  { value: "sent", label: "E-mailed" },
  { value: "skipped", label: "Not possible now" },
  { value: "cancelled", label: "No longer needed" },
  { value: "failed", label: "Failed" },
  { value: "unknown", label: "Unsure whether it arrived" },
];
const ratings: Choice[] = [1, 2, 3, 4, 5].map((n) => ({
  value: String(n),
  label: n === 1 ? "1 star" : `${n} stars`,
}));

const plain = (names: string[]): Choice[] => names.map((value) => ({ value, label: value }));

/** facetsOf is what there is to filter by in a view. Without options yet, it is what needs none. */
export function facetsOf(me: Me, options: InboxOptions | undefined, view: string): Facet[] {
  return [
    ...ofPeople(me, view),
    ...ofOptions(options),
    { id: "platform", label: "Platform", icon: "screen", kind: "many", key: "platforms", choices: platforms },
    {
      id: "follow-up",
      label: "Follow-up e-mail",
      icon: "mail",
      kind: "many",
      key: "follow_ups",
      choices: followUps,
    },
    { id: "rating", label: "Rating", icon: "star", kind: "many", key: "ratings", choices: ratings },
    { id: "unread", label: "Unread by us", icon: "unread", kind: "flag", key: "unread" },
    { id: "left", label: "Left and unread", icon: "leave", kind: "flag", key: "left" },
    { id: "created", label: "Started", icon: "clock", kind: "dates", which: "created" },
    { id: "updated", label: "Last change", icon: "history", kind: "dates", which: "updated" },
    { id: "text", label: "Words", icon: "search", kind: "text" },
    ...(options?.fields ?? []).map(ofField),
  ];
}

/** ofPeople leaves out what the view has decided already. “Me” is whoever looks; a name, the own one too, is the same person for all. */
function ofPeople(me: Me, view: string): Facet[] {
  const open = ["open", "mine", "unassigned", "waiting", "left"].includes(view);
  const closed = view === "resolved";
  const states = closed ? closedChoices : open ? openChoices : [...openChoices, ...closedChoices];
  const named = me.agents.map((a) => ({ value: a.id, label: a.name }));
  const choices = [{ value: "me", label: "Me" }, { value: "nobody", label: "Nobody" }, ...named];
  const assignee: Facet = {
    id: "assignee",
    label: "Assignee",
    icon: "user",
    kind: "many",
    key: "assignees",
    choices,
  };
  const state: Facet = {
    id: "state",
    label: "State",
    icon: "work",
    kind: "many",
    key: "states",
    choices: states,
  };
  return view === "mine" || view === "unassigned" ? [state] : [state, assignee];
}

function ofOptions(options: InboxOptions | undefined): Facet[] {
  const { apps = [], languages = [], tags = [], queues = [] } = options ?? {};
  const list: Facet[] = [
    { id: "queue", label: "Queue", icon: "queue", kind: "many", key: "queues", choices: inQueues(queues) },
    { id: "tag", label: "Tag", icon: "tag", kind: "many", key: "tags_any", choices: plain(tags) },
    {
      id: "every-tag",
      label: "All of the tags",
      icon: "tag",
      kind: "many",
      key: "tags_all",
      choices: plain(tags),
    },
    {
      id: "without-tag",
      label: "Without the tag",
      icon: "tag",
      kind: "many",
      key: "tags_none",
      choices: plain(tags),
    },
    {
      id: "language",
      label: "Language",
      icon: "globe",
      kind: "many",
      key: "languages",
      choices: languages.map((value) => ({ value, label: languageName(value) })),
    },
    {
      id: "app",
      label: "App",
      icon: "chat",
      kind: "many",
      key: "apps",
      choices: apps.map((a) => ({ value: a.id, label: a.name })),
    },
  ];
  return list;
}

const inQueues = (queues: NamedQueue[]): Choice[] =>
  queues.length === 0
    ? []
    : [{ value: "none", label: "None" }, ...queues.map((q) => ({ value: q.id, label: q.name }))];

const ofField = (field: CustomField): Facet => ({
  id: `field.${field.key}`,
  label: field.label,
  icon: "fields",
  kind: "field",
  field,
});

/** offered are the facets that the menu offers: those with something to choose, and words have their own place. */
export function offered(facets: Facet[]): Facet[] {
  return facets.filter((f) => {
    if (f.kind === "text") return false;
    if (f.kind === "field") return !f.field.archived;
    return f.kind !== "many" || f.choices.length > (f.key === "apps" ? 1 : 0);
  });
}

export const valuesOf = (filter: IssueFilter, key: ListKey): string[] => (filter[key] ?? []).map(String);

/** withValues sets a list of the filter; an empty one is left out. */
export function withValues(filter: IssueFilter, key: ListKey, values: string[]): IssueFilter {
  const { [key]: _, ...rest } = filter;
  if (values.length === 0) return rest;
  return { ...rest, [key]: key === "ratings" ? values.map(Number).sort() : values };
}

/** withField sets how one custom field is compared, or not at all. */
export function withField(filter: IssueFilter, key: string, to: FieldFilter | undefined): IssueFilter {
  const { fields = [], ...rest } = filter;
  const others = fields.filter((f) => f.key !== key);
  const next = to ? [...others, to] : others;
  return next.length > 0 ? { ...rest, fields: next } : rest;
}

/** without is the filter that says nothing about the facet. */
export function without(filter: IssueFilter, facet: Facet): IssueFilter {
  switch (facet.kind) {
    case "many":
      return withValues(filter, facet.key, []);
    case "dates":
      return withoutDates(filter, facet.which);
    case "field":
      return withField(filter, facet.field.key, undefined);
    case "flag": {
      const { [facet.key]: _, ...rest } = filter;
      return rest;
    }
    case "text": {
      const { text: _, ...rest } = filter;
      return rest;
    }
  }
}

export interface Chip {
  facet: Facet;
  /** What it is compared with; empty where the label says it all. */
  text: string;
}

/** chipsOf are the facets that a filter says something about, in words. */
export function chipsOf(filter: IssueFilter, facets: Facet[]): Chip[] {
  const known = new Set(facets.flatMap((f) => (f.kind === "field" ? [f.field.key] : [])));
  const strange = (filter.fields ?? [])
    .filter((f) => !known.has(f.key))
    .map((f) => ofField(unknownField(f.key)));
  return [...facets, ...strange].flatMap((facet) => {
    const text = textOf(filter, facet);
    return text === undefined ? [] : [{ facet, text }];
  });
}

const unknownField = (key: string): CustomField =>
  ({ id: "", key, label: key, type: "singleline", archived: false }) as CustomField;

function textOf(filter: IssueFilter, facet: Facet): string | undefined {
  switch (facet.kind) {
    case "many":
      return listText(valuesOf(filter, facet.key), facet.choices);
    case "flag":
      return filter[facet.key] ? "" : undefined;
    case "dates":
      return datesText(filter, facet.which);
    case "text":
      return filter.text;
    case "field": {
      const of = (filter.fields ?? []).filter((f) => f.key === facet.field.key);
      return of.length > 0 ? of.map((f) => fieldText(f, facet.field.type)).join(" and ") : undefined;
    }
  }
}

/** unlisted is a value that can no longer be chosen: an archived tag as it was written, or somebody who has left the team. */
export const unlisted = (value: string) =>
  value.startsWith("agt_")
    ? "a deactivated colleague"
    : value.startsWith("que_")
      ? "an archived queue"
      : value === "none"
        ? "None"
        : value;

/** listText names two values and counts the rest. */
function listText(values: string[], choices: Choice[]): string | undefined {
  if (values.length === 0) return undefined;
  const names = values.map((v) => choices.find((c) => c.value === v)?.label ?? unlisted(v));
  const more = names.length > 3 ? ` and ${names.length - 2} more` : "";
  return names.slice(0, more ? 2 : 3).join(", ") + more;
}
