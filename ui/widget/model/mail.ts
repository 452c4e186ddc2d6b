// Sending: what the outbox does with the chat.

import type { Update } from "../../shared/chat";
import { lastSeq } from "../../shared/thread";
import { api, mark, metaOf } from "../net/api";
import type { Chat } from "./chat";
import { type Entry, Outbox } from "./outbox";

/** Refusal is what the server said to an answer to the question numbered seq. Text is its sentence, or "". */
export interface Refusal {
  issue: string | null;
  seq: number;
  body: string;
  text: string;
}

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
      const { answers: seq, issue, body } = entry;
      if (!seq || why.code === "unauthenticated" || !asks(chat, issue, seq)) return false;
      chat.refusal.value = { issue, seq, body, text: why.text };
      return true;
    },
  });
}

/** asks reports whether the question numbered seq is on the screen with its field. */
function asks({ threads }: Chat, issue: string | null, seq: number): boolean {
  const shown = threads.thread.peek()?.issue;
  return shown?.id === issue && shown.asking !== undefined && shown.asked_seq === seq;
}

/** send keeps a message and puts it on its way. The first one of a browser makes its session when it is sent. */
export async function send(chat: Chat, body: string, answers?: number): Promise<void> {
  const as = chat.sessions.use.peek();
  const issue = chat.threads.shown.peek();
  chat.notice.value = null;
  chat.refusal.value = null;
  chat.typing.sent();
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
