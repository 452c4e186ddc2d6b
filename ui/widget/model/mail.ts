// Sending: what the outbox does with the chat.

import type { NewIssue, Update } from "../../shared/chat";
import { lastSeq } from "../../shared/thread";
import { api, mark, metaOf } from "../net/api";
import { Later, Refused } from "../net/http";
import type { Chat } from "./chat";
import { tellSent } from "./events";
import { fieldsFor } from "./fields";
import { type Entry, Outbox } from "./outbox";

/** Refusal is what the server said to an answer to the question numbered seq. Text is its sentence, or ""; code and field say what kind of refusal it is. */
export interface Refusal {
  issue: string | null;
  seq: number;
  body: string;
  text: string;
  code: string;
  field: string;
}

/** Posted is the server's answer, and to which key it was given. Login: the message has logged its sender in. */
interface Posted {
  token: string;
  update: Update;
  login: boolean;
}

/** outbox makes the chat's outbox. */
export function outbox(chat: Chat): Outbox<Posted> {
  return new Outbox<Posted>({
    get memory() {
      return chat.memory;
    },
    post: (entry) => post(chat, entry),
    sent: (entry, posted) => sent(chat, entry, posted),
    refused(entry, why) {
      chat.ended(why, entry.as);
      const { answers: seq, issue, body, files, told } = entry;
      if (told && why.field in told) chat.before.forget();
      if (!seq || files || why.code === "unauthenticated" || !asks(chat, issue, seq)) return false;
      chat.refusal.value = { issue, seq, body, text: why.text, code: why.code, field: why.field };
      return true;
    },
  });
}

/** asks reports whether the question numbered seq is on the screen with its field. */
function asks({ threads }: Chat, issue: string | null, seq: number): boolean {
  const shown = threads.thread.peek()?.issue;
  return shown?.id === issue && shown.asking !== undefined && shown.asked_seq === seq;
}

/** send keeps a message and puts it on its way. The first one of a browser makes its session when it is sent. The body may be empty if there are files. */
export async function send(chat: Chat, body: string, more?: Partial<Entry>): Promise<void> {
  const as = chat.sessions.use.peek();
  const issue = chat.threads.shown.peek();
  chat.notice.value = null;
  chat.refusal.value = null;
  chat.typing.sent();
  const told = issue ? undefined : chat.before.give();
  await chat.outbox.add({ client_id: mark(), at: Date.now(), body, as, issue, told, ...more });
}

async function post(chat: Chat, entry: Entry): Promise<Posted> {
  const token = tokenOf(chat, entry) ?? (await chat.sessions.own());
  const claim = entry.issue === null ? chat.identity.claim() : null;
  try {
    const update = await (entry.issue === null
      ? api.start(token, { ...beginning(chat, entry), ...claim })
      : reply(chat, token, entry.issue, entry));
    return { token, update, login: claim !== null };
  } catch (e) {
    if (!(e instanceof Refused)) throw e;
    if (e.code === "forbidden" && entry.issue === null) await chat.hours.ask(); // it may have closed since the page was loaded
    // What is said to a key that is no longer ours says nothing about the message. One that was a login is renewed first.
    const key = chat.sessions.of(entry.as);
    if (key?.token !== token) throw new Later(0);
    if (e.code !== "unauthenticated" || !key.login) throw e;
    chat.ended(e, entry.as);
    throw new Later(0);
  }
}

function beginning(chat: Chat, { client_id, body, files, told }: Entry): NewIssue {
  const { fullPrivacy, tags, fields } = chat.settings.peek();
  return {
    platform_id: chat.page.platform_id,
    client_id,
    body,
    attachments: files?.map((f) => f.id),
    meta: metaOf(chat.host.page()),
    language: chat.page.language,
    full_privacy: fullPrivacy || undefined,
    tags: [...tags],
    fields: { ...fieldsFor(chat.fieldSetting, fields) },
    ...told,
  };
}

function reply(chat: Chat, token: string, issue: string, entry: Entry): Promise<Update> {
  const { client_id, body, files, answers, skip } = entry;
  const after = lastSeq(chat.threads.all.peek().get(issue)?.messages ?? []);
  const attachments = files?.map((f) => f.id);
  return api.send(token, issue, { client_id, body, attachments, answers, skip, after });
}

function sent(chat: Chat, entry: Entry, { token, update, login }: Posted): string | null {
  if (tokenOf(chat, entry) !== token) return null; // somebody else is here now
  void chat.sessions.live(entry.as, login);
  if (login) chat.identity.born();
  tellSent(chat.host, entry, update); // before the end that an answer may bring
  chat.answered(token, update);
  if (entry.issue === null && entry.as === chat.sessions.use.peek()) chat.begins(update);
  return update.issue.id;
}

function tokenOf(chat: Chat, entry: Entry): string | undefined {
  return chat.sessions.of(entry.as)?.token;
}
