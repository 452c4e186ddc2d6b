/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { FollowUp, Message } from "../../shared/agent";
import { barOf } from "./bar-model";
import { hintOf } from "./hint";
import { lineOf } from "./line";
import { reasons, states, steps } from "./words";

const root = new URL("../../../", import.meta.url);
const goFile = (name: string) => readFileSync(new URL(name, root), "utf8");

/** constants are the values of all Go constants of a string type in a file. */
function constants(file: string, type: string): string[] {
  const pattern = new RegExp(`^\\s+\\w+\\s+${type}\\s*=\\s*"([^"]+)"`, "gm");
  return [...goFile(file).matchAll(pattern)].map((m) => m[1] as string).sort();
}

test("every reason has words, and no words are left over", () => {
  const all = constants("followup.go", "Reason");
  expect(all.length).toBeGreaterThan(20);
  expect(Object.keys(reasons).sort()).toEqual(all);
});

test("every state has words, and no words are left over", () => {
  expect(Object.keys(states).sort()).toEqual(constants("followup.go", "FollowUpState"));
});

test("every step of the timeline has words", () => {
  const comment = /a FollowUpState, or ([\w, ]+)/.exec(goFile("event.go"))?.[1] ?? "";
  expect(Object.keys(steps).sort()).toEqual(comment.split(/,\s*/).filter(Boolean).sort());
});

const actor = { kind: "agent", id: "me", name: "Mia" };
const at = new Date(2026, 10, 18, 14, 2, 0).getTime();
const about = { origin: "agent", author_id: "me", author_name: "Mia" } as Message;
const telling = (me: string) => ({ actor, at, me, about });
const span = { id: "f", from_seq: 4, to_seq: 5 };

test.each([
  [{ step: "waiting", reason: "window", due_at: at + 20_000 }, /^E-mail planned for 0?(14|2):02:20/],
  [{ step: "restarted", due_at: at + 20_000 }, /restarted by your newer message$/],
  [{ step: "restarted", due_at: at, cause: "agent", postponed: 2 }, /restarted by your newer message$/],
  [{ step: "restarted", due_at: at, cause: "bot", postponed: 1 }, /, put off by the bot’s newer message$/],
  [
    { step: "restarted", cause: "automation", postponed: 3 },
    /^E-mail planned, put off by an automation’s newer message \(3rd time\)$/,
  ],
  [{ step: "restarted", cause: "bot", postponed: 12 }, /\(12th time\)$/],
  [{ step: "restarted", cause: "bot", postponed: 22 }, /\(22nd time\)$/],
  [{ step: "sent", address: "a@example.com" }, /^E-mail sent to a@example.com$/],
  [{ step: "cancelled", reason: "read" }, /^Read in time, no e-mail needed$/],
  [{ step: "skipped", reason: "no_address" }, /^No e-mail: nobody knows the visitor’s address$/],
  [{ step: "held" }, /^E-mail held by you$/],
  [{ step: "waiting", reason: "send_now", due_at: at }, /^You asked to send the e-mail now$/],
  [{ step: "returned" }, /^Returned to the conversation$/],
])("%o is said in words", (step, want) => {
  expect(lineOf({ ...span, ...step }, telling("me")).text).toMatch(want);
});

test("no state or step is left speechless", () => {
  for (const step of [...Object.keys(states), ...Object.keys(steps)]) {
    expect(lineOf({ ...span, step }, telling("other")).text).not.toContain("Follow-up");
  }
});

test("details hold the messages and the server’s answer", () => {
  const line = lineOf(
    { ...span, step: "failed", reason: "refused", response: "550 no such user" },
    telling("me"),
  );
  expect(line.details).toEqual(["Messages 4 to 5", "The mail server said: 550 no such user"]);
});

const base: FollowUp = {
  id: "f",
  state: "waiting",
  reason: "window",
  from_seq: 1,
  to_seq: 2,
  address: "a@example.com",
};
const wait = { action: "wait", reason: "window" };

test("a running window counts down and can be held or ended", () => {
  const bar = barOf({ ...base, due_at: at + 20_000 }, wait, at);
  expect(bar?.title).toBe("E-mail to a@example.com in 20 s");
  expect(bar?.spoken).toBe("E-mail to a@example.com planned");
  expect(bar?.actions).toEqual(["send_now", "hold"]);
});

test("what is held can be released", () => {
  expect(barOf({ ...base, held: true }, wait, at)?.actions).toEqual(["release", "send_now"]);
});

test("a sent e-mail tells what came of it", () => {
  const bar = barOf({ ...base, state: "sent", sent_at: at, opened_at: at, returned_at: at }, wait, at);
  expect(bar?.title).toMatch(/^E-mailed (14|02):02/);
  expect(bar?.steps.map((s) => s.split(" ")[0])).toEqual(["opened", "returned"]);
});

test("without an address it says who asks for one", () => {
  const bar = barOf({ ...base, state: "skipped", reason: "no_address" }, wait, at);
  expect(bar?.title).toBe("No address known");
  expect(bar?.note).toContain("Identity Bot asks for it");
});

test("every state can be shown, and what is over is quiet", () => {
  for (const state of Object.keys(states)) {
    for (const reason of Object.keys(reasons)) {
      const bar = barOf({ ...base, state, reason }, wait, at);
      if (state === "cancelled" || (state === "skipped" && reason === "read")) expect(bar).toBeNull();
      else expect(bar?.title.length).toBeGreaterThan(5);
    }
  }
});

test("a row of the inbox gets a few words", () => {
  expect(hintOf({ ...base, due_at: at + 12_000 }, at)?.text).toBe("e-mail in 12 s");
  expect(hintOf({ ...base, state: "sent" }, at)?.text).toBe("e-mailed");
  expect(hintOf({ ...base, state: "sent", returned_at: 1 }, at)?.text).toBe("returned");
  expect(hintOf({ ...base, state: "skipped", reason: "no_address" }, at)?.text).toBe("no address");
  expect(hintOf({ ...base, state: "cancelled", reason: "read" }, at)).toBeNull();
});
