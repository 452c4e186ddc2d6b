// Sending: what the outbox does with the chat.

import type { Update } from "../../shared/chat";
import { lastSeq } from "../../shared/thread";
import { api, mark, metaOf } from "../net/api";
import type { Chat } from "./chat";
import { type Entry, Outbox } from "./outbox";

/** outbox makes the chat's outbox. */
export function outbox(chat: Chat): Outbox<Update> {
  return new Outbox<Update>({
    get memory() {
      return chat.memory;
    },
    post: (entry) => post(chat, entry),
    sent: (entry, update) => sent(chat, entry, update),
    refused(entry, why) {
      chat.ended(why, entry.as);
      if (!entry.answers) return false;
      chat.refusal.value = { seq: entry.answers, body: entry.body, text: why.text };
      return true;
    },
  });
}

/** send keeps a message and puts it on its way. The first one of a browser makes its session. */
export async function send(chat: Chat, body: string, answers?: number): Promise<void> {
  const as = chat.sessions.use.peek();
  const issue = chat.threads.shown.peek();
  chat.notice.value = null;
  chat.refusal.value = null;
  chat.typing.sent();
  if (as === "own") await chat.sessions.own();
  await chat.outbox.add({ client_id: mark(), at: Date.now(), body, as, issue, answers });
}

async function post(chat: Chat, entry: Entry): Promise<Update> {
  const { client_id, body, issue, answers } = entry;
  const token = tokenOf(chat, entry) ?? (await chat.sessions.own());
  if (issue === null) {
    return api.start(token, {
      platform_id: chat.page.platform_id,
      client_id,
      body,
      meta: metaOf(chat.host.page()),
    });
  }
  const after = lastSeq(chat.threads.all.peek().get(issue)?.messages ?? []);
  return api.send(token, issue, { client_id, body, answers, after });
}

function sent(chat: Chat, entry: Entry, update: Update): string {
  void chat.sessions.live(entry.as);
  const token = tokenOf(chat, entry);
  if (token) chat.answered(token, update);
  if (entry.issue === null) {
    if (entry.as === chat.sessions.use.peek()) chat.begins(update);
    chat.host.event("conversationStart", { message: entry.body });
  }
  chat.host.event("messageAdd", { type: "text", body: entry.body });
  return update.issue.id;
}

function tokenOf(chat: Chat, entry: Entry): string | undefined {
  return chat.sessions.of(entry.as)?.token;
}
