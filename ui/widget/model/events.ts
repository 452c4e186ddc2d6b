// What the page is told about conversations.

import type { Issue, Message, Update } from "../../shared/chat";
import type { Host } from "../host/host";
import type { Entry } from "./outbox";
import { isDone } from "./threads";

/** changesOf names what has happened between two states of a conversation, once each and in this order. */
export function changesOf(before: Issue, after: Issue): string[] {
  const out: string[] = [];
  if (before.state !== after.state) {
    if (after.state === "resolved") out.push("conversationResolved");
    if (after.state === "rejected") out.push("conversationRejected");
  }
  if (before.closing !== "ended" && after.closing === "ended") out.push("conversationEnd");
  if (isDone(before) && !isDone(after)) out.push("conversationReopened");
  return out;
}

/** tellSent tells what the user has sent. */
export function tellSent(host: Host, entry: Entry, { messages, dropped }: Update): void {
  const { client_id, issue, files } = entry;
  // Of an answer the server has the words: an option's, not its id.
  const body = messages.find((m) => m.client_id === client_id)?.body ?? entry.body;
  if (issue === null) host.event("conversationStart", { message: body });
  if (body) host.event("messageAdd", { type: "text", body });
  for (const file of files ?? []) host.event("messageAdd", { type: "attachment", body: file.name });
  if (dropped?.length)
    host.event("onWebChatRuntimeError", {
      error: "CUSTOM_ISSUE_FIELDS_DROPPED",
      reason: dropped.join(" "),
      details: dropped,
    });
}

/** tellRead tells which messages of agents the user has read now. Base is our own address: the host page has another. */
export function tellRead(
  host: Host,
  issue: Issue,
  messages: readonly Message[],
  seq: number,
  base: string,
): void {
  for (const m of messages) {
    if (m.origin !== "agent" || m.deleted_at || m.seq <= issue.read_seq || m.seq > seq) continue;
    const attachments = m.attachments?.map((a) => ({
      url: new URL(a.url, base).href,
      size: a.size,
      contentType: a.type,
      fileName: a.name,
    }));
    host.event("agentMessageReceived", {
      body: m.body,
      publishId: `${issue.number}`,
      createdTs: m.created_at,
      ...(attachments?.length ? { attachments } : {}),
    });
  }
}
