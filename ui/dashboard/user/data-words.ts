import type { UserData } from "../../shared/agent";
import { sizeWords } from "../thread/uploads";

const many = (n: number, one: string, more: string) => `${n.toLocaleString("en-GB")} ${n === 1 ? one : more}`;

/** heldWords is what is held on a user, a line each. */
export function heldWords(d: UserData): string[] {
  const lines = [
    `${many(d.messages, "message", "messages")} in ${many(d.conversations, "conversation", "conversations")}`,
    d.notes > 0 && `${many(d.notes, "private note", "private notes")} of your team`,
    d.files > 0 && `${many(d.files, "file", "files")}, ${sizeWords(d.file_bytes)}`,
    d.emails > 0 && `${many(d.emails, "follow-up e-mail", "follow-up e-mails")} that went out`,
    d.browsers > 0 && `${many(d.browsers, "browser", "browsers")} in which they are known`,
    d.suppressed && "That mail to the address is refused",
  ];
  return lines.filter((line) => line !== false && line !== undefined);
}

/** goesWords is what an erasure takes away for good, a line each. */
export function goesWords(d: UserData): string[] {
  const told = [
    many(d.messages, "message", "messages"),
    d.notes > 0 && many(d.notes, "private note", "private notes"),
    d.files > 0 && many(d.files, "file", "files"),
  ].filter((part) => part !== false);
  const written = `${told.join(", ")} in ${many(d.conversations, "conversation", "conversations")}`;
  return [
    d.conversations > 0 && written,
    "Name, e-mail address, login, devices, and what your site has told of them",
    d.browsers > 0 && `The way back in: ${many(d.browsers, "browser", "browsers")}, and the links of e-mails`,
    "E-mails that wait, and what programs were told by webhooks, as far as we keep it",
  ].filter((line) => line !== false);
}

/** staysWords is what may be kept, a line each. */
export function staysWords(d: UserData): string[] {
  return [
    "That there were conversations, when, and in which state: your reports stay right",
    d.suppressed && "That no mail goes to the address, as a fingerprint that cannot be turned back",
    "A line in the audit log that you erased a user, without their name or address",
  ].filter((line) => line !== false && line !== undefined);
}

/** isConfirmed reports whether what was typed confirms an erasure. */
export const isConfirmed = (typed: string, d: UserData) =>
  typed.trim().toLowerCase() === d.confirm.trim().toLowerCase();
