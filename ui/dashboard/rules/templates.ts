import type { Action, Condition, RuleOptions, SetRule } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { withTrigger } from "./draft";

/** Template is an automation that many teams want, to begin with. */
interface Template {
  key: string;
  title: string;
  /** What it is good for. */
  about: string;
  icon: IconName;
  make: (options: RuleOptions) => SetRule;
}

const is = (subject: string, ...values: string[]): Condition => ({
  subject,
  op: values.length > 1 ? "one_of" : "is",
  values,
});
const lasting = (subject: string, seconds: number): Condition => ({ subject, op: "for", for: seconds });
const write = (text: string): Action => ({ kind: "message", text: { text } });
const note = (text: string): Action => ({ kind: "note", note: text });
const tag: Action = { kind: "add_tags", tags: [] };
const minute = 60;
const hour = 3600;
const day = 86_400;

/** route is where a conversation goes: a queue where there are any, else somebody. */
const route = ({ queues, agents }: RuleOptions): Action =>
  queues[0] ? { kind: "queue", queue_id: queues[0].id } : { kind: "assign", agent_id: agents[0]?.id };

type Parts = Partial<Omit<SetRule, "trigger">>;

const begun = (parts: Parts): SetRule => made("new_issue", parts);
const changed = (parts: Parts): SetRule => made("update", parts);
const waited = (parts: Parts): SetRule => made("time", parts);

function made(trigger: string, parts: Parts): SetRule {
  return { name: "", trigger, on: true, all: [], any: [], actions: [], repeat: false, ...parts };
}

export const templates: Template[] = [
  {
    key: "closed",
    title: "Say that we are closed",
    about: "Whoever writes at night knows when to expect an answer.",
    icon: "clock",
    make: () =>
      begun({
        all: [is("hours", "closed")],
        actions: [
          write(
            "Hello {{user.name|there}}, thank you for writing. We are not here right now and answer as soon as we are back. You can close this page: nothing is lost.",
          ),
        ],
      }),
  },
  {
    key: "unanswered",
    title: "Nobody has answered for 15 minutes",
    about: "A conversation that slips through is seen before it is too late.",
    icon: "alert",
    make: (o) =>
      waited({
        all: [lasting("first_response_late", 15 * minute)],
        actions: [
          tag,
          ...(o.queues.length > 0 ? [route(o)] : []),
          note("Nobody has answered for 15 minutes."),
        ],
      }),
  },
  {
    key: "language",
    title: "Send languages to those who speak them",
    about: "Conversations in a language go to the people who answer in it.",
    icon: "globe",
    make: (o) => begun({ all: [is("language")], actions: [route(o)] }),
  },
  {
    key: "words",
    title: "Notice certain words",
    about: "Refunds, complaints, cancellations: tagged from the first message on.",
    icon: "tag",
    make: () =>
      begun({
        any: ["refund", "cancel", "complaint"].map((word) => ({
          subject: "first_message",
          op: "contains",
          values: [word],
        })),
        actions: [tag],
      }),
  },
  {
    key: "unreachable",
    title: "Notice whom no e-mail can reach",
    about: "A visitor left before they read our answer, and we know no address to send it to.",
    icon: "mail",
    make: () =>
      changed({
        all: [is("follow_up", "skipped"), { subject: "address", op: "not_set" }],
        actions: [note("The visitor has left with our answer unread, and we know no address.")],
      }),
  },
  {
    key: "silent",
    title: "Say goodbye after three days of silence",
    about: "What is answered and left does not stay open for ever.",
    icon: "check",
    make: () =>
      waited({
        all: [lasting("user_silent_for", 3 * day), is("state", "agent-replied")],
        actions: [
          write(
            "We have not heard from you for a while, so we close this conversation. Write again whenever you like.",
          ),
          { kind: "resolve" },
        ],
      }),
  },
  {
    key: "again",
    title: "Do not let visitors wait twice",
    about: "The next answer is late: it goes back to everybody.",
    icon: "refresh",
    make: () =>
      waited({
        all: [lasting("next_response_late", 4 * hour), { subject: "assignee", op: "set" }],
        actions: [{ kind: "assign" }, note("The visitor has waited four hours for the next answer.")],
        repeat: true,
      }),
  },
  {
    key: "important",
    title: "E-mail important visitors sooner",
    about: "Their answer goes out after two minutes unread, not after the usual time.",
    icon: "star",
    make: () =>
      waited({
        all: [lasting("unread_for", 2 * minute), is("tags"), is("follow_up", "waiting")],
        actions: [{ kind: "send_follow_up" }],
        repeat: true,
      }),
  },
];

/** fromTemplate is the automation that a template begins with. */
export const fromTemplate = (t: Template, options: RuleOptions): SetRule => ({
  ...t.make(options),
  name: t.title,
});

/** blank is an automation of a trigger that says nothing yet. */
export const blank = (trigger: string): SetRule => made(trigger, {});

/** startOf is what an automation begins with that is called by a template's key, by a trigger or by the id of a bot; nothing for another name. */
export function startOf(from: string, options: RuleOptions): SetRule | undefined {
  if (["new_issue", "update", "time"].includes(from)) return withTrigger(blank("new_issue"), from);
  const bot = options.bots.find((b) => b.id === from);
  if (bot) return begun({ name: `Start ${bot.name}`, actions: [{ kind: "start_bot", bot_id: bot.id }] });
  const template = templates.find((t) => t.key === from);
  return template && fromTemplate(template, options);
}
