// Opening a return link.

import { Backoff } from "../../shared/backoff";
import type { Redeemed } from "../../shared/chat";
import { api, secret } from "../net/api";
import { Later } from "../net/http";
import type { Arrival } from "./arrival";
import type { Chat } from "./chat";
import { isMismatch, type Notice } from "./notice";
import { loadVisit, type Visit } from "./reports";

/** redeem opens the link's conversation, or shows and tells why that is not possible. It ends when wanted says that a newer link has come. */
export async function redeem(chat: Chat, arrival: Arrival, wanted: () => boolean): Promise<void> {
  const answer = await ask(chat, arrival, wanted);
  if (!answer) return;
  const { result, issue_id, original_state: originalState, page_url: pageUrl = "" } = answer;
  const mismatch = isMismatch(result);
  const news = result !== arrival.told; // whoever is told twice is led round in circles
  await chat.memory.set("arrival", mismatch ? { ...arrival, told: result } : null);
  if (!wanted()) return;
  if (result !== "same") chat.notice.value = result as Notice;
  chat.noticePage.value = pageUrl;
  loadVisit(chat);
  if (news) chat.host.open();
  if (news && mismatch) chat.host.event("userChanged", { originalState, pageUrl });
  await chat.resume(result === "same" ? issue_id : undefined);
}

/** ask asks until the server has answered. It returns null if the answer is not wanted any more. A link that came while the server was away survives a reload. */
async function ask(chat: Chat, arrival: Arrival, wanted: () => boolean): Promise<Redeemed | null> {
  const { sessions, memory, waiter, page, identity } = chat;
  const stage = identity.stage.peek();
  const logged_in = stage === "known" || stage === "new" || undefined;
  const which = logged_in || sessions.of("own")?.live ? "own" : "link";
  const bearer = sessions.of(which);
  const session = secret();
  const backoff = new Backoff(1000);
  while (wanted()) {
    try {
      const { token } = arrival;
      const body = { platform_id: page.platform_id, token, session, logged_in };
      const answer = await api.redeem(bearer?.live ? bearer.token : "", body);
      if (!wanted()) return null;
      const { issue_id: issue, visit_id, own } = answer;
      if (answer.result !== "same" || !issue) return answer;
      if (visit_id) await memory.set("visit", { visit_id, issue } satisfies Visit);
      if (own) await sessions.switchTo(which);
      else await sessions.takeLink(session, issue);
      return wanted() ? answer : null;
    } catch (e) {
      if (!wanted()) return null;
      if (!(e instanceof Later)) return { result: "unknown" };
      await memory.set("arrival", arrival);
      await waiter.sleep(Math.max(e.retryAfter, backoff.next()));
    }
  }
  return null;
}
