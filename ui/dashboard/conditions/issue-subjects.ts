import type { RuleOptions } from "../../shared/agent";
import { languages } from "../texts/languages";
import { stateWords } from "../thread/state-words";
import { languageName } from "../time/format";
import { type Choice, choice, type Kind, named, plain, type Subject } from "./kinds";
import { customMeta, isCustom, metaName } from "./meta";
import { ops } from "./ops";

const platforms: Choice[] = [
  { value: "web", label: "web chat" },
  { value: "ios", label: "an iOS app" },
  { value: "android", label: "an Android app" },
];
const states: Choice[] = [
  "new",
  "new-for-agent",
  "waiting-for-agent",
  "agent-replied",
  "resolved",
  "rejected",
].map((value) => ({ value, label: stateWords(value)[0] }));
const followUps: Choice[] = [
  { value: "waiting", label: "planned" },
  { value: "sending", label: "being sent" },
  { value: "handing_over", label: "being handed over" },
  { value: "sent", label: "sent" },
  { value: "skipped", label: "not possible" },
  { value: "cancelled", label: "no longer needed" },
  { value: "failed", label: "failed" },
  { value: "unknown", label: "of unknown fate" },
];

const conversation = "Conversation";
const visitor = "Visitor";
const text: Kind = { ops: ops.text, takes: "text" };
const lasting = (seconds: number): Kind => ({
  ops: ops.duration,
  takes: "duration",
  first: { for: seconds },
});

/** ofIssue are the subjects that ask about the conversation. */
export function ofIssue(o: RuleOptions): Subject[] {
  const group = conversation;
  return [
    { id: "first_message", group, icon: "chat", name: "First message", said: "the first message", ...text },
    {
      id: "last_message",
      group,
      icon: "chat",
      name: "Newest message of the visitor",
      said: "the visitor’s newest message",
      ...text,
    },
    { id: "title", group, icon: "chat", name: "Title", said: "the title", ...text },
    {
      id: "tags",
      group,
      icon: "tag",
      name: "Tags",
      said: "the tags",
      ...choice(plain(o.tags), { ops: ops.tags }),
    },
    { id: "state", group, icon: "work", name: "State", said: "the state", ...choice(states) },
    {
      id: "assignee",
      group,
      icon: "user",
      name: "Assignee",
      said: "the assignee",
      ...choice(named(o.agents), { ops: ops.person, gone: "a colleague who has left" }),
    },
    {
      id: "queue",
      group,
      icon: "list",
      name: "Queue",
      said: "the queue",
      ...choice(named(o.queues), { ops: ops.place, gone: "a queue that is archived" }),
    },
    { id: "platform", group, icon: "screen", name: "Platform", said: "the platform", ...choice(platforms) },
    {
      id: "app",
      group,
      icon: "chat",
      name: "App",
      said: "the app",
      ...choice(named(o.apps), { gone: "an app that is gone" }),
    },
    {
      id: "hours",
      note: "By the business hours of the conversation’s app. Without any, we are always open.",
      group,
      icon: "clock",
      name: "Business hours: we are",
      said: "we are",
      ...choice(openness, { ops: ops.state, first: { values: ["closed"] } }),
    },
    {
      id: "follow_up",
      group,
      icon: "mail",
      name: "Follow-up e-mail",
      said: "the follow-up e-mail",
      ...choice(followUps, { ops: ops.followUp }),
    },
  ];
}

const openness: Choice[] = [
  { value: "open", label: "open" },
  { value: "closed", label: "closed" },
];
const loggedIn: Choice[] = [
  { value: "true", label: "logged in" },
  { value: "false", label: "not logged in" },
];

/** ofVisitor are the subjects that ask about who writes. */
export function ofVisitor(o: RuleOptions): Subject[] {
  const group = visitor;
  const codes = [...new Set([...languages, ...o.languages])].map((value) => ({
    value,
    label: languageName(value),
  }));
  codes.sort((a, b) => a.label.localeCompare(b.label));
  return [
    {
      id: "language",
      group,
      icon: "globe",
      name: "Language",
      said: "the language",
      ...choice(codes, { ops: ops.language }),
    },
    {
      id: "address",
      group,
      icon: "mail",
      name: "E-mail address",
      said: "the visitor’s e-mail address",
      ops: ops.address,
      takes: "text",
    },
    {
      id: "logged_in",
      group,
      icon: "shield",
      name: "The visitor is",
      said: "the visitor is",
      ...choice(loggedIn, { ops: ops.state, first: { values: ["true"] } }),
    },
    ...o.meta.filter((path) => !isCustom(path)).map(ofMeta),
    ofMeta(customMeta),
  ];
}

/** ofMeta is a piece of the metadata; what an app calls its own data is asked for besides. */
export function ofMeta(path: string): Subject {
  const name = isCustom(path) ? "Your app’s own data" : metaName(path);
  return {
    id: `meta/${isCustom(path) ? customMeta : path}`,
    group: visitor,
    icon: "device",
    name,
    said: `the ${metaName(path).toLowerCase()}`,
    ops: path.endsWith("version") || isCustom(path) ? ops.version : ops.textOrNone,
    takes: "text",
    keyed: isCustom(path) ? customMeta : undefined,
  };
}

/** timedSubjects are those that come true by the time alone. */
export const timedSubjects: Subject[] = [
  {
    id: "first_response_late",
    group: "Time",
    icon: "clock",
    name: "Nobody has answered yet",
    said: "nobody has answered",
    ...lasting(900),
  },
  {
    id: "next_response_late",
    group: "Time",
    icon: "clock",
    name: "The visitor waits for our next answer",
    said: "the visitor waits for our next answer",
    ...lasting(3600),
  },
  {
    id: "user_silent_for",
    group: "Time",
    icon: "clock",
    name: "The visitor has not replied to us",
    said: "the visitor has not replied",
    ...lasting(259_200),
  },
  {
    id: "unread_for",
    group: "Time",
    icon: "unread",
    name: "Our message is unread",
    said: "our message is unread",
    ...lasting(3600),
  },
  {
    id: "offline_for",
    note: "Only in apps that detect presence, which is switched on in Configure Web Chat.",
    group: "Time",
    icon: "leave",
    name: "The visitor has been away",
    said: "the visitor has been away",
    ...lasting(600),
  },
  {
    id: "online_for",
    note: "Only in apps that detect presence, which is switched on in Configure Web Chat.",
    group: "Time",
    icon: "user",
    name: "The visitor has been here",
    said: "the visitor has been here",
    ...lasting(60),
  },
];
