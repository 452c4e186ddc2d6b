import type { APIKey } from "../../../shared/agent";
import { ago } from "../../time/format";

interface AccessWords {
  access: string;
  name: string;
  text: string;
}

/** What each access lets a program do. They are those of rejoin.KeyAccess; a test compares. */
export const accesses: AccessWords[] = [
  {
    access: "read",
    name: "Read only",
    text: "Sees everything in this domain and changes nothing. Enough for a warehouse or a report.",
  },
  {
    access: "read_write",
    name: "Read and write",
    text: "Also answers, changes conversations and settings, as an administrator does. It cannot change the team or keys.",
  },
];

export const accessName = (access: string) => accesses.find((a) => a.access === access)?.name ?? access;

/** usedWords says when a key was used last. The server knows it to the minute. */
export function usedWords(now: number, { used_at }: Pick<APIKey, "used_at">): string {
  if (!used_at) return "Never used";
  return now - used_at < 2 * 60_000 ? "Used just now" : `Used ${ago(now, used_at)}`;
}

/** The same as the server takes. */
export const leastLimit = 60;
export const mostLimit = 60_000;

/** limitOf reads how many requests a minute somebody has typed; NaN if it is no such number. */
export function limitOf(text: string): number {
  const digits = text.replace(/[\s,.'’]/g, "");
  const n = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  return n >= leastLimit && n <= mostLimit ? n : Number.NaN;
}

/** curlOf is a first request. The key stands in the environment, so that it is in no history of commands. */
export const curlOf = (base: string) => `curl -u "$KEY:" \\\n  "${base}/issues?page-size=5"`;
