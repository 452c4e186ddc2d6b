import type { Detail, Event, FollowUp, Message } from "../../shared/agent";

const underway = new Set(["handing_over", "sent", "unknown"]);

/** mailedAt tells when each message went out by e-mail, by its seq. */
export function mailedAt(events: Event[], followUp?: FollowUp): Map<number, number> {
  const at = new Map<number, number>();
  const note = (from: number, to: number, when: number) => {
    for (let seq = from; seq <= to; seq++) if (!at.has(seq)) at.set(seq, when);
  };
  for (const { data, created_at } of events) {
    const f = data.follow_up;
    if (f && underway.has(f.step)) note(f.from_seq, f.to_seq, created_at);
  }
  if (followUp && underway.has(followUp.state))
    note(followUp.from_seq, followUp.to_seq, followUp.sent_at ?? 0);
  return at;
}

interface Facts {
  me: { id: string; supervisor: boolean };
  detail: Pick<Detail, "user_read_seq">;
  mailed: boolean;
  user: string;
}

/**
 * whyFixed says why a message cannot be edited or taken back, or "" if it can. It is null where nobody would expect to: for what others
 * than agents wrote. The server decides; this spares people a refusal.
 */
export function whyFixed(m: Message, { me, detail, mailed, user }: Facts): string | null {
  if (m.origin !== "agent" || m.deleted_at) return null;
  if (m.seq <= detail.user_read_seq) return `${user} has read it.`;
  if (mailed) return "It has been mailed.";
  if (m.author_id !== me.id && !me.supervisor) return `Only ${m.author_name} or a supervisor can.`;
  return "";
}
