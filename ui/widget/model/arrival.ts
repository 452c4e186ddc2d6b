// What happens to somebody who comes by a return link.

import { Backoff } from "../../shared/backoff";
import type { Redeemed } from "../../shared/chat";
import { api, secret } from "../net/api";
import { Later } from "../net/http";
import type { Memory } from "./memory";
import type { Sessions } from "./sessions";

/** Visit is an arrival that a person's gesture has to confirm before anything counts as read. */
export interface Visit {
  visit_id: string;
  issue: string;
}

/** redeem asks until the server has answered. A link that came while the server was away survives a reload. */
export async function redeem(
  platform: string,
  token: string,
  sessions: Sessions,
  memory: Memory,
  wait: (ms: number) => Promise<void>,
): Promise<Redeemed> {
  const which = sessions.of("own")?.live ? "own" : "link";
  const bearer = sessions.of(which);
  const fresh = secret();
  const backoff = new Backoff(1000);
  for (;;) {
    try {
      const answer = await api.redeem(bearer?.live ? bearer.token : "", {
        platform_id: platform,
        token,
        session: fresh,
      });
      if (memory.get("arrival")) await memory.set("arrival", null);
      const { issue_id: issue, visit_id, own } = answer;
      if (answer.result !== "same" || !issue) return answer;
      if (visit_id) await memory.set("visit", { visit_id, issue } satisfies Visit);
      if (own) await sessions.switchTo(which);
      else await sessions.takeLink(fresh, issue);
      return answer;
    } catch (e) {
      if (!(e instanceof Later)) {
        await memory.set("arrival", null);
        return { result: "unknown" };
      }
      await memory.set("arrival", token);
      await wait(Math.max(e.retryAfter, backoff.next()));
    }
  }
}
