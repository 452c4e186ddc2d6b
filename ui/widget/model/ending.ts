// How a conversation ends: whether it helped, and how good it was. What somebody chooses shows at once and is told to the
// server until it has answered; it is not kept, for who leaves before that is asked again.

import { signal } from "@preact/signals";
import { Backoff } from "../../shared/backoff";
import type { Issue, Update } from "../../shared/chat";
import { api, mark } from "../net/api";
import { Later, Refused } from "../net/http";
import type { Chat } from "./chat";

/** Said is what somebody has chosen and the server does not know yet. A rating of 0 is "not now". */
type Said = { accepted: boolean } | { rating: number };

interface Told {
  said: Said;
  /** The server cannot be reached: it is tried again and again. */
  late: boolean;
}

export class Ending {
  private readonly told = signal<Readonly<Record<string, Told>>>({});
  /** The conversations that were rated on this page. */
  readonly thanked = signal<readonly string[]>([]);

  /** Ratings that the page does not know of yet: they are told before the end that they bring, whichever way that is heard first. */
  private readonly untold = new Map<string, { rating: number; additionalFeedback: string }>();

  constructor(private readonly chat: Chat) {
    chat.over = (issue) => this.announce(issue);
  }

  /** closing is how far the end has come, with what was just chosen. After a yes only the server knows what follows. */
  closing(issue: Issue): string {
    const said = this.told.value[issue.id]?.said;
    if (said && "rating" in said) return "ended";
    if (said && !said.accepted) return "declined";
    return issue.closing ?? "";
  }

  rating(issue: Issue): number {
    const said = this.told.value[issue.id]?.said;
    return said && "rating" in said ? said.rating : (issue.rating ?? 0);
  }

  /** underway tells whether a choice is on its way to the server, or waits for a connection. */
  underway(issue: Issue): "sending" | "waiting" | null {
    const told = this.told.value[issue.id];
    return told ? (told.late ? "waiting" : "sending") : null;
  }

  /** answer says whether it helped. */
  answer(issue: string, accepted: boolean): Promise<boolean> {
    const body = { client_id: mark(), accepted };
    return this.tell(issue, { accepted }, (token) => api.resolution(token, issue, body));
  }

  /** rate gives 1 to 5 stars, or none for "not now". */
  async rate(issue: string, rating: number, comment: string): Promise<void> {
    if (this.told.peek()[issue]) return;
    if (rating > 0) {
      this.thanked.value = [...this.thanked.value, issue];
      this.untold.set(issue, { rating, additionalFeedback: comment });
    }
    const body = { rating, comment };
    const taken = await this.tell(issue, { rating }, (token) => api.feedback(token, issue, body));
    if (taken) this.announce(issue);
    else this.thanked.value = this.thanked.value.filter((id) => id !== issue);
    this.untold.delete(issue);
  }

  /** note keeps what a bot was told instead, until the end that follows. */
  note(issue: string, kind: string, said: string): void {
    const before = this.untold.get(issue) ?? { rating: 0, additionalFeedback: "" };
    if (kind === "stars") this.untold.set(issue, { ...before, rating: Number(said) });
    if (kind === "text") this.untold.set(issue, { ...before, additionalFeedback: said });
  }

  private announce(issue: string): void {
    const rating = this.untold.get(issue);
    this.untold.delete(issue);
    if (rating?.rating) this.chat.host.event("csatSubmit", rating);
  }

  /** tell repeats a request until the server has taken it or refused it, and returns which. A choice that is on its way is not changed. */
  private async tell(
    issue: string,
    said: Said,
    request: (token: string) => Promise<Update>,
  ): Promise<boolean> {
    const { chat } = this;
    if (this.told.peek()[issue]) return false;
    const token = chat.token();
    const backoff = new Backoff(1000);
    this.put(issue, { said, late: false });
    try {
      for (;;) {
        try {
          chat.answered(token, await request(token));
          return true;
        } catch (e) {
          if (e instanceof Refused) {
            // Another tab was faster, an agent goes on, or the session has ended: the server's word stands.
            if (token === chat.token()) chat.ended(e);
            return false;
          }
          this.put(issue, { said, late: true });
          await chat.waiter.sleep(Math.max(e instanceof Later ? e.retryAfter : 0, backoff.next()));
        }
      }
    } finally {
      const { [issue]: _, ...rest } = this.told.peek();
      this.told.value = rest;
    }
  }

  private put(issue: string, told: Told): void {
    this.told.value = { ...this.told.peek(), [issue]: told };
  }
}
