// A stand-in for the server and the browser of the identity machine, for its tests.

import { vi } from "vitest";
import type { Identified, Identify } from "../../shared/chat";
import { noSettings, type Settings } from "./config";
import { Identity, type Server, type Stage } from "./identity";
import { Sessions } from "./sessions";

export const nobody = { name: "", email: "" };
export const verified = (over: Partial<Identified> = {}): Identified => ({
  result: "verified",
  known: true,
  user: nobody,
  revision: "ann",
  ...over,
});

/** setup has an identity whose server answers as the test says, and a browser that keeps what it is given. */
export function setup(stored?: object) {
  const kept = new Map<string, unknown>(stored ? [["sessions", stored]] : []);
  const asked: { bearer: string; body: Identify }[] = [];
  const log: string[] = [];
  let answer: (body: Identify) => Identified = () => verified();
  let out = () => {};
  const server: Server = {
    async identify(bearer, body) {
      asked.push({ bearer, body });
      return answer(body);
    },
    async logout(token) {
      out();
      log.push(`logout ${token}`);
    },
  };
  const sessions = new Sessions({
    get: <T>(key: string) => (kept.get(key) ?? null) as T | null,
    async set(key, value) {
      kept.set(key, value);
    },
  });
  sessions.load();
  const identity = new Identity({
    platform: "p",
    server,
    sessions,
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    clear: async () => log.push("clear"),
    forget: () => log.push("forget"),
    trouble: () => log.push("trouble"),
    settled: (stage: Stage) => log.push(stage),
    event: (name, data) => log.push(`${name} ${JSON.stringify(data)}`),
  });
  const follow = async (over: Partial<Settings>) => {
    identity.follow({ ...noSettings, ...over });
    await flush();
  };
  const took = () => log.splice(0);
  const answers = (f: typeof answer) => (answer = f);
  const logsOut = (f: typeof out) => (out = f);
  return { identity, sessions, kept, asked, took, follow, answers, logsOut };
}

export const flush = () => vi.advanceTimersByTimeAsync(0);
export const own = (token: string, over: object = {}) => ({
  use: "own",
  own: { token, live: true, ...over },
});
