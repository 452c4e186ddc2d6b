import type { Event } from "../../shared/agent";

/**
 * emptied is an event without what an erasure takes away. The server has done the same to it, but sends events once only: what is on the
 * screen already has to follow.
 */
export function emptied(event: Event): Event {
  const { name, email, comment, note, value, follow_up, bot, rule, ...rest } = event.data;
  const { actor } = event;
  return {
    ...event,
    actor: actor.kind === "end-user" ? { ...actor, name: "" } : actor,
    data: {
      ...rest,
      follow_up: follow_up && { ...follow_up, address: undefined, response: undefined },
      bot: bot && { ...bot, text: undefined },
      rule: rule && { ...rule, done: undefined, failed: undefined },
    },
  };
}

/** erases reports whether somebody has erased all that was written, among the events after n. */
export const erases = (events: readonly Event[] = [], n: number) =>
  events.some((e) => e.kind === "erased" && e.n > n);
