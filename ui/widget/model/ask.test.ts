import { expect, test } from "vitest";
import type { Issue, Message } from "../../shared/chat";
import { found, isAddress, numberOf } from "./ask";
import { fileAsked, kindOf } from "./asked";

test.each([
  ["en", "3.5", "3.5"],
  ["en", " 1,234.50 ", "1234.50"],
  ["en", "-7", "-7"],
  ["en", "+7", "7"],
  ["en", "\u22127", "-7"],
  ["en", "3,5", null],
  ["en", "", null],
  ["en", "about 7", null],
  ["en", "1e5", null],
  ["de", "3,5", "3.5"],
  ["de", "3.5", "3.5"],
  ["de", "1.234,5", "1234.5"],
  ["de", "1.234.567", "1234567"],
  ["de-CH", "1\u2019234.5", "1234.5"],
  ["fr", "1\u202f234,5", "1234.5"],
  ["ar", "\u0661\u0662\u066b\u0665", "12.5"],
  ["fa", "\u06f1\u06f2\u06f3", "123"],
  ["hi", "\u0967\u0968\u096f", "129"],
  ["th", "\u0e51\u0e50", "10"],
])("%s: %j is %j", (locale, text, want) => {
  expect(numberOf(text, locale)).toBe(want);
});

test("options are found by all words, without regard to case and marks", () => {
  const options = ["Österreich", "Österreichische Alpen", "Côte d’Ivoire", "Ελλάδα"].map((text) => ({
    id: text,
    text,
  }));
  const texts = (query: string) => found(options, query).map((o) => o.text);
  expect(texts("")).toHaveLength(4);
  expect(texts("osterreich")).toEqual(["Österreich", "Österreichische Alpen"]);
  expect(texts(" ALPEN  Öster ")).toEqual(["Österreichische Alpen"]);
  expect(texts("cote")).toEqual(["Côte d’Ivoire"]);
  expect(texts("ελλαδα")).toEqual(["Ελλάδα"]);
  expect(texts("x")).toEqual([]);
});

test.each([
  ["ada@example.org", true],
  ["ada.b+c@mail.example.co", true],
  ["用户@例子.中国", true],
  ["ada", false],
  ["ada@example", false],
  ["@example.org", false],
  ["ada@@example.org", false],
  ["ada b@example.org", false],
  ["ada@example..org", false],
  ["ada@example.o", false],
  ["ada@example.org, bob@example.org", false],
])("%s may be an address: %s", (text, want) => {
  expect(isAddress(text)).toBe(want);
});

test("a message says what it asks for, and files answer only an open question for files", () => {
  const asks = (seq: number, over: Partial<Message>) => ({ seq, body: "?", ...over }) as Message;
  const messages = [asks(1, { ask: "email" }), asks(2, { ask: "answer", input: { type: "file" } })];
  expect(messages.map(kindOf)).toEqual(["email", "file"]);
  const open = (over: Partial<Issue>) => fileAsked({ issue: over as Issue, messages });
  expect(open({ asking: "answer", asked_seq: 2 })).toBe(2);
  expect(open({ asking: "email", asked_seq: 1 })).toBeUndefined();
  expect(open({ asked_seq: 2 })).toBeUndefined();
  expect(fileAsked(undefined)).toBeUndefined();
});
