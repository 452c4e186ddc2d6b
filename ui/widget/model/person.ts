// What the chat does when the person changes.

import type { Frame } from "../../shared/chat";
import { api } from "../net/api";
import type { Chat } from "./chat";
import { Identity, type Stage } from "./identity";
import type { TabNews } from "./memory";
import { loadVisit } from "./reports";
import type { Which } from "./sessions";

/** YIELD is how long another tab has to tell of the key that has taken the place of one that ended, in milliseconds. */
const YIELD = 1000;

/** identity makes the chat's identity. */
export function identity(chat: Chat): Identity {
  return new Identity({
    platform: chat.page.platform_id,
    server: api,
    sessions: chat.sessions,
    sleep: chat.waiter.sleep,
    clear: () => clear(chat),
    forget: () => forget(chat),
    trouble() {
      if (chat.phase.peek() === "loading") chat.phase.value = "trouble";
    },
    settled: (stage) => settled(chat, stage),
    event: (name, data) => chat.host.event(name, data),
  });
}

/** clear takes everything off the screen. */
function clear(chat: Chat): Promise<void> {
  chat.loader.begin();
  chat.arrivals.pause();
  chat.live.stop();
  chat.typing.clear();
  chat.notice.value = null;
  chat.noticePage.value = "";
  chat.refusal.value = null;
  chat.list.value = false;
  chat.threads.clear();
  chat.phase.value = "loading";
  return chat.outbox.hold();
}

/** forget drops what somebody has written and not sent, and the visit they came by. */
function forget(chat: Chat): void {
  chat.outbox.forget("own");
  chat.outbox.forget("link");
  chat.before.forget();
  chat.threads.drafts.value = {};
  if (chat.memory.get("visit")) void chat.memory.set("visit", null);
  loadVisit(chat);
}

function settled(chat: Chat, stage: Stage): void {
  if (chat.identity.open()) begin(chat);
  else {
    chat.notice.value = stage === "refused" ? "auth" : "session";
    chat.phase.value = "ready";
    void chat.arrivals.keep();
  }
}

function begin(chat: Chat): void {
  resume(chat);
  if (!chat.arrivals.take()) void chat.resume();
}

/** turn is called when another tab has changed the keys. */
export function turn(chat: Chat): void {
  if (!chat.identity.moved()) return;
  resume(chat);
  void chat.resume();
}

/** resume lets messages go out again. */
function resume({ notice, sessions, outbox }: Chat): void {
  if (notice.peek() === "auth" || notice.peek() === "session") notice.value = null;
  if (!sessions.of("link")) void outbox.orphan("link");
  outbox.release();
}

/**
 * keyEnded forgets a key that the server no longer takes. Somebody who is logged in gets another one if the server agrees. A login in
 * another tab ends this tab's key, too: then what that tab has got instead must not be overwritten.
 */
export async function keyEnded(chat: Chat, which: Which): Promise<void> {
  const { sessions, identity } = chat;
  const key = sessions.of(which);
  if (!key?.live) return;
  await new Promise((done) => setTimeout(done, YIELD));
  if (sessions.of(which)?.token !== key.token) return;
  await sessions.drop(which);
  if (which === "own" && key.login && identity.again()) return;
  chat.notice.value = "ended";
  await chat.outbox.orphan(which);
  await chat.resume();
}

/** tabSays takes what another tab tells. */
export function tabSays(chat: Chat, news: TabNews): void {
  if (news.kind === "frame") {
    const { key } = chat.sessions;
    if (news.whose === key.peek()?.token && chat.identity.open()) chat.live.hear(news.frame as Frame);
  } else if (news.kind === "returned") loadVisit(chat);
  else if (news.key !== "sessions") chat.outbox.load();
  else if (chat.sessions.load()) turn(chat);
}
