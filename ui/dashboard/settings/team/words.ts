import type { Invitation, Member } from "../../../shared/agent";
import { ago, countdown } from "../../time/format";

const conversations = (n: number) => (n === 1 ? "1 open conversation" : `${n} open conversations`);

/** openWords is "3 open conversations", or "" for none. */
export const openWords = (n: number) => (n > 0 ? conversations(n) : "");

/** seenWords is when somebody was here last, as far as a browser they are signed in with tells. */
export function seenWords(now: number, m: Pick<Member, "seen_at">): string {
  return m.seen_at ? `Seen ${ago(now, m.seen_at)}` : "Not signed in now";
}

/** isLast reports whether the team would have no administrator without this member. */
export function isLast(members: Member[], m: Member): boolean {
  const active = members.filter((x) => x.role === "administrator" && !x.deactivated_at);
  return active.length === 1 && active[0]?.id === m.id;
}

/** onDeactivate says what happens to somebody's conversations and sign-in, before it happens. */
export function onDeactivate(m: Member): string[] {
  const out = [
    `${m.name} is signed out everywhere and cannot sign in any more.`,
    m.open_issues > 0
      ? `${conversations(m.open_issues)} ${m.open_issues === 1 ? "stays" : "stay"} assigned to ${m.name}, marked as deactivated, until you assign ${m.open_issues === 1 ? "it" : "them"} to somebody else: select ${m.open_issues === 1 ? "it" : "them all"} in the inbox and choose a colleague.`
      : `No open conversation is assigned to ${m.name}.`,
    `The name stays beside everything ${m.name} wrote. You can reactivate ${m.name} at any time.`,
  ];
  return out;
}

/** reactivated says what somebody finds who is reactivated. */
export const reactivated = (m: Member) =>
  `${m.name} belongs to the team again and can sign in with the same password.`;

interface MailWords {
  text: string;
  tone: "" | "good" | "bad" | "warn";
}

/** mailWords is how the e-mail of an invitation stands. */
export function mailWords(now: number, i: Invitation): MailWords {
  if (i.expires_at <= now) return { text: "Expired", tone: "warn" };
  switch (i.mail) {
    case "sent":
      return { text: "E-mail sent", tone: "good" };
    case "failed":
      return { text: "E-mail could not be sent", tone: "bad" };
  }
  return { text: "E-mail on its way", tone: "" };
}

/** expiryWords is how long the link of an invitation is good for. */
export function expiryWords(now: number, i: Invitation): string {
  if (i.expires_at <= now) return "The link works no more. Send it again.";
  return `The link is good for another ${countdown(i.expires_at - now)}.`;
}

/** order puts those who belong to the team first, then by name. */
export function order(members: Member[]): Member[] {
  const names = new Intl.Collator();
  const gone = (m: Member) => (m.deactivated_at ? 1 : 0);
  return [...members].sort((a, b) => gone(a) - gone(b) || names.compare(a.name, b.name));
}

/** inviteProblem is what is wrong with an address, as far as we can tell here. */
export function inviteProblem(email: string, members: Member[], waiting: Invitation[]): string {
  const address = email.trim().toLowerCase();
  if (!address) return "Enter the e-mail address of your colleague.";
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) return "This is not an e-mail address.";
  const member = members.find((m) => m.email.toLowerCase() === address);
  if (member?.deactivated_at) return `${member.name} was deactivated: reactivate them below.`;
  if (member) return `${member.name} belongs to the team already.`;
  if (waiting.some((i) => i.email.toLowerCase() === address))
    return "This address is invited already. Send the e-mail again below.";
  return "";
}
