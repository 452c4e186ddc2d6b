import { expect, test } from "vitest";
import type { UserData } from "../../shared/agent";
import { goesWords, heldWords, isConfirmed, staysWords } from "./data-words";

const data: UserData = {
  user_id: "usr_1",
  name: "Lena",
  email: "Lena@example.com",
  confirm: "lena@example.com",
  conversations: 1,
  messages: 1204,
  notes: 0,
  files: 1,
  file_bytes: 2048,
  emails: 2,
  browsers: 0,
};

test("what is held, goes and stays is said in numbers, and only what there is", () => {
  expect(heldWords(data)).toEqual([
    "1,204 messages in 1 conversation",
    "1 file, 2 KB",
    "2 follow-up e-mails that went out",
  ]);
  expect(goesWords(data)[0]).toBe("1,204 messages, 1 file in 1 conversation");
  expect(goesWords({ ...data, conversations: 0 })[0]).toMatch(/^Name/);
  expect(staysWords(data)).toHaveLength(2);
  expect(staysWords({ ...data, suppressed: true })).toHaveLength(3);
});

test("an erasure is confirmed by typing, in capitals or not", () => {
  expect(isConfirmed(" LENA@example.com ", data)).toBe(true);
  expect(isConfirmed("lena", data)).toBe(false);
});
