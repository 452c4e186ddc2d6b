import type { Failure } from "../../shared/chat";

/** Refused is the server's answer that the same request will not succeed; text is its sentence for people. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: string,
    readonly field: string,
  ) {
    super(text);
  }
}

/** Later means: nothing was decided, try again, not before retryAfter milliseconds. */
export class Later extends Error {
  constructor(readonly retryAfter: number) {
    super("later");
  }
}

export interface Ask {
  token?: string;
  body?: unknown;
  signal?: AbortSignal;
}

const ANSWER_WITHIN = 35_000;

/** ask sends one request to the chat API and returns its answer. It throws Refused or Later, nothing else. */
export async function ask<T>(
  method: "GET" | "POST",
  path: string,
  { token, body, signal }: Ask = {},
): Promise<T> {
  const headers: Record<string, string> = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const patience = AbortSignal.timeout(ANSWER_WITHIN);
  let answer: Response;
  try {
    answer = await fetch(`/chat/v1${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      credentials: "omit",
      cache: "no-store", // what is asked is how it is now
    });
    const text = await answer.text();
    if (answer.ok) {
      const body = JSON.parse(text) as T | null;
      if (body && typeof body === "object") return body;
      throw new Later(0); // every answer of ours is an object: this one comes from something between us
    }
    if (answer.status < 500 && answer.status !== 429 && answer.status !== 408)
      throw refused(answer.status, text);
  } catch (e) {
    throw e instanceof Refused ? e : new Later(0);
  }
  throw new Later(1000 * (Number(answer.headers.get("Retry-After")) || 0));
}

function refused(status: number, text: string): Refused {
  try {
    const f = JSON.parse(text) as Failure;
    return new Refused(status, f.code, f.error, f.field ?? "");
  } catch {
    return new Refused(status, "", "", ""); // something between us and the server answered
  }
}
