import type { PastMail, Simulation } from "../../../shared/agent";
import { count } from "../../charts/scale";
import { because } from "../../followup/words";
import { moment } from "../../time/format";

const mails = (n: number) => `${count(n)} ${n === 1 ? "e-mail" : "e-mails"}`;
const conversations = (n: number) => `${count(n)} ${n === 1 ? "conversation" : "conversations"}`;

/** sentence sums a simulation up. */
export function sentence(s: Simulation): string {
  const parts = [
    s.more > 0 && `${count(s.more)} more e-mails`,
    s.fewer > 0 && `${count(s.fewer)} fewer`,
    s.moved > 0 && `${count(s.moved)} the same number at other times`,
  ].filter(Boolean);
  if (parts.length === 0) {
    return `Nothing changes: the same ${mails(s.would)} in ${conversations(s.conversations)}.`;
  }
  const many = [parts.slice(0, -1).join(", "), parts.at(-1)].filter(Boolean).join(" and ");
  return `${mails(s.would)} instead of ${count(s.mailed)}. Of ${conversations(s.conversations)}, ${many.replace(/^([\d,]+)/, "$1 would have got")}.`;
}

const times = (n: number) => (n === 1 ? "once" : n === 2 ? "twice" : `${count(n)} times`);

/** listOf says when e-mails went out and why: "3 Nov, 14:02 (an agent asked for it)". */
export function listOf(list: PastMail[], now: number): string {
  if (list.length === 0) return "no e-mail";
  return list
    .map((m) => {
      const off = m.postponed ? `put off ${times(m.postponed)} by bots or automations` : "";
      const why = [m.reason === "due" ? "" : because(m.reason), off].filter(Boolean).join("; ");
      return moment(now, m.at) + (why ? ` (${why})` : "");
    })
    .join("; ");
}
