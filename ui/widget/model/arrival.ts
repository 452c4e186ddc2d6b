// What happens to somebody who comes by a return link.

import { Backoff } from "../../shared/backoff";
import type { Redeemed } from "../../shared/chat";
import { api, secret } from "../net/api";
import { Later } from "../net/http";
import type { Chat, Notice } from "./chat";
import { loadVisit } from "./reports";

/** Visit is an arrival that a person's gesture has to confirm before anything counts as read. */
export interface Visit {
  visit_id: string;
  issue: string;
}

/** Arrivals takes return links. Of two that are opened on one page the newer counts. */
export class Arrivals {
  private run = 0;

  constructor(private readonly chat: Chat) {}

  async take(token: string): Promise<void> {
    const { chat } = this;
    const run = ++this.run;
    chat.loader.begin();
    chat.notice.value = null;
    chat.phase.value = "loading";
    const answer = await this.redeem(token, run);
    if (!answer) return;
    const same = answer.result === "same";
    if (!same) chat.notice.value = answer.result as Notice;
    loadVisit(chat);
    chat.host.open();
    await chat.resume(same ? answer.issue_id : undefined);
  }

  /** redeem asks until the server has answered. It returns null if a newer link has come. A link that came while the server was away survives a reload. */
  private async redeem(token: string, run: number): Promise<Redeemed | null> {
    const { sessions, memory, waiter, page } = this.chat;
    const which = sessions.of("own")?.live ? "own" : "link";
    const bearer = sessions.of(which);
    const session = secret();
    const backoff = new Backoff(1000);
    while (run === this.run) {
      try {
        const answer = await api.redeem(bearer?.live ? bearer.token : "", {
          platform_id: page.platform_id,
          token,
          session,
        });
        if (run !== this.run) return null;
        if (memory.get("arrival")) await memory.set("arrival", null);
        const { issue_id: issue, visit_id, own } = answer;
        if (answer.result !== "same" || !issue) return answer;
        if (visit_id) await memory.set("visit", { visit_id, issue } satisfies Visit);
        if (own) await sessions.switchTo(which);
        else await sessions.takeLink(session, issue);
        return run === this.run ? answer : null;
      } catch (e) {
        if (run !== this.run) return null;
        if (!(e instanceof Later)) {
          await memory.set("arrival", null);
          return { result: "unknown" };
        }
        await memory.set("arrival", token);
        await waiter.sleep(Math.max(e.retryAfter, backoff.next()));
      }
    }
    return null;
  }
}
