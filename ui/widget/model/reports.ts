// What the chat reports about reading, and about coming back.

import { api } from "../net/api";
import { Later } from "../net/http";
import type { Chat } from "./chat";
import { tellRead } from "./events";
import { Reader } from "./reader";

/** Visit is an arrival that a person's gesture has to confirm before anything counts as read. */
export interface Visit {
  visit_id: string;
  issue: string;
}

/** reader makes the chat's reader. */
export function reader(chat: Chat): Reader {
  return new Reader({
    read: (seq) => read(chat, seq),
    returned: () => returned(chat),
    seen(seq) {
      chat.threads.seen.value = seq;
    },
  });
}

/** loadVisit makes the reader wait for a gesture, if this browser came by a link and nobody has made one yet. */
export function loadVisit(chat: Chat): void {
  const visit = chat.memory.get<Visit>("visit");
  chat.reader.tell({ type: "visit", visit: visit?.visit_id ?? null });
}

async function read(chat: Chat, seq: number): Promise<void> {
  const thread = chat.threads.thread.peek();
  if (!thread) return;
  const { issue, messages } = thread;
  const token = chat.token();
  chat.answered(token, await api.read(token, issue.id, seq));
  if (token === chat.token()) tellRead(chat.host, issue, messages, seq, location.href); // else somebody else is here now
}

async function returned(chat: Chat): Promise<void> {
  const visit = chat.memory.get<Visit>("visit");
  if (!visit) return;
  try {
    const token = chat.token();
    chat.answered(token, await api.returned(token, visit.issue, visit.visit_id));
  } catch (e) {
    if (e instanceof Later) throw e; // a refusal is final: the visit is no longer waited for
  }
  if (chat.memory.get<Visit>("visit")?.visit_id === visit.visit_id) {
    await chat.memory.set("visit", null);
    chat.memory.tell({ kind: "returned" });
  }
  chat.live.presence.again();
}
