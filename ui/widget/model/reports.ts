// What the chat reports about reading, and about coming back.

import { api } from "../net/api";
import { Later } from "../net/http";
import type { Visit } from "./arrival";
import type { Chat } from "./chat";
import { Reader } from "./reader";

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
  const { id, number, read_seq } = thread.issue;
  const token = chat.token();
  chat.answered(token, await api.read(token, id, seq));
  for (const m of thread.messages) {
    if (m.origin !== "agent" || m.seq <= read_seq || m.seq > seq) continue;
    chat.host.event("agentMessageReceived", {
      body: m.body,
      publishId: `${number}`,
      createdTs: m.created_at,
    });
  }
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
  chat.presence.again();
}
