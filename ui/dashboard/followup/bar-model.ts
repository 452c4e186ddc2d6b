import type { Decision, FollowUp } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { countdown, moment } from "../time/format";
import { advice, because } from "./words";

export type BarAction = "send_now" | "hold" | "release";

/** Bar is what the bar above the composer shows about the newest follow-up. */
export interface Bar {
  icon: IconName;
  tone: "plain" | "accent" | "good" | "warn" | "bad";
  title: string;
  /** The title without what changes each second, for those who hear it. */
  spoken: string;
  note: string;
  /** The steps after an e-mail, in order. */
  steps: string[];
  actions: BarAction[];
}

const sentence = (text: string) => (text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : "");
const join = (...parts: string[]) => parts.filter(Boolean).join(" ");

/** barOf is the bar for a follow-up, or null when nothing is planned, waited for or newly sent. now is the server's time. */
export function barOf(f: FollowUp | undefined, decision: Decision, now: number): Bar | null {
  if (!f) return null;
  switch (f.state) {
    case "waiting":
      return waiting(f, decision, now);
    case "sending":
      return sending(f, now);
    case "handing_over":
      return make(
        "mail",
        "accent",
        `Handing the e-mail to ${f.address || "the visitor"} to the mail server…`,
      );
    case "sent":
      return sent(f, now);
    case "unknown":
      return {
        ...make("alert", "warn", `E-mail to ${f.address}: outcome not known`),
        ...why(f.reason, "lost_answer"),
      };
    case "failed": {
      const bar = make("alert", "bad", `E-mail to ${f.address || "the visitor"} failed`);
      return { ...bar, ...why(f.reason), steps: f.response ? [f.response] : [] };
    }
    case "skipped":
      return skipped(f);
    default:
      return null;
  }
}

function make(icon: IconName, tone: Bar["tone"], title: string, actions: BarAction[] = []): Bar {
  return { icon, tone, title, spoken: title, note: "", steps: [], actions };
}

function why(reason: string, otherwise = ""): Pick<Bar, "note"> {
  const known = because(reason) ? reason : otherwise;
  return { note: join(sentence(because(known)), advice(known)) };
}

function waiting(f: FollowUp, decision: Decision, now: number): Bar {
  const to = f.address ? `E-mail to ${f.address}` : "E-mail";
  if (f.held) {
    return {
      ...make("hold", "warn", `${to} is held`, ["release", "send_now"]),
      note: "It is not sent until somebody releases it.",
    };
  }
  const reason = decision.action === "wait" ? decision.reason : f.reason;
  const due = f.due_at ?? 0;
  if (!due) {
    return { ...make("clock", "plain", `${to} waits`, ["send_now", "hold"]), ...why(reason) };
  }
  const left = due - now;
  const note =
    reason === "window" ? "Unless it is read first. A newer message starts the time anew." : why(reason).note;
  const bar = make("clock", "accent", left > 0 ? `${to} in ${countdown(left)}` : `${to} goes out now…`, [
    "send_now",
    "hold",
  ]);
  return { ...bar, spoken: `${to} planned`, note };
}

function sending(f: FollowUp, now: number): Bar {
  const to = f.address || "the visitor";
  if (f.reason !== "retry") return make("mail", "accent", `Sending the e-mail to ${to}…`);
  const next = f.due_at && f.due_at > now ? ` Next try in ${countdown(f.due_at - now)}.` : "";
  return {
    ...make("clock", "warn", `E-mail to ${to} is delayed`),
    note: `${sentence(because("retry"))}${next}`,
    steps: f.response ? [f.response] : [],
  };
}

function sent(f: FollowUp, now: number): Bar {
  const at = f.sent_at ? ` ${moment(now, f.sent_at)}` : "";
  const steps = [
    f.opened_at && `opened ${moment(now, f.opened_at)}`,
    f.returned_at && `returned ${moment(now, f.returned_at)}`,
    f.replied_at && `replied ${moment(now, f.replied_at)}`,
  ].filter((s): s is string => Boolean(s));
  const bar = make(f.returned_at ? "returned" : f.opened_at ? "opened" : "mail", "good", `E-mailed${at}`);
  return { ...bar, note: f.address ? `to ${f.address}` : "", steps };
}

function skipped(f: FollowUp): Bar | null {
  if (f.reason === "read") return null;
  if (f.reason === "no_address") {
    return { ...make("mail", "warn", "No address known"), note: advice("no_address") };
  }
  return { ...make("mail", "plain", "No e-mail"), ...why(f.reason) };
}
