import { expect, test } from "vitest";
import type { Simulation } from "../../../shared/agent";
import { listOf, sentence } from "./words";

const none: Simulation = {
  from: 0,
  to: 0,
  conversations: 12,
  older: 0,
  left: 0,
  mailed: 3,
  would: 3,
  days: [],
  more: 0,
  fewer: 0,
  moved: 0,
  differences: [],
};

test.each([
  [{}, "Nothing changes: the same 3 e-mails in 12 conversations."],
  [{ more: 1, would: 4 }, "4 e-mails instead of 3. Of 12 conversations, 1 would have got more e-mails."],
  [{ fewer: 2, would: 1 }, "1 e-mail instead of 3. Of 12 conversations, 2 would have got fewer."],
  [
    { moved: 1 },
    "3 e-mails instead of 3. Of 12 conversations, 1 would have got the same number at other times.",
  ],
  [
    { more: 4, fewer: 2, moved: 1, would: 1234 },
    "1,234 e-mails instead of 3. Of 12 conversations, 4 would have got more e-mails, 2 fewer and 1 the same number at other times.",
  ],
])("%j", (change, want) => {
  expect(sentence({ ...none, ...change })).toBe(want);
});

test("e-mails are told with their reasons", () => {
  const now = new Date(2026, 10, 23, 15, 0).getTime();
  const at = new Date(2026, 10, 23, 14, 2).getTime();
  expect(listOf([], now)).toBe("no e-mail");
  const said = listOf(
    [
      { at, from_seq: 1, to_seq: 2, reason: "due" },
      { at, from_seq: 3, to_seq: 3, reason: "send_now" },
      { at, from_seq: 4, to_seq: 9, reason: "due", postponed: 4 },
    ],
    now,
  );
  expect(said).toMatch(
    /^\S+.*; .* \(an agent asked for it\); .* \(put off 4 times by bots or automations\)$/,
  );
});
