import { signal } from "@preact/signals";
import { afterEach, expect, test, vi } from "vitest";
import type { Issue } from "../../shared/chat";
import { api } from "../net/api";
import { Later, Refused } from "../net/http";
import type { Chat } from "./chat";
import { Ending } from "./ending";
import { Waiter } from "./waiter";

const issue = { id: "i1", state: "resolved", closing: "feedback" } as Issue;
/** settled lets everything happen that waits for nothing but its turn. */
const settled = async () => {
  for (let i = 0; i < 10; i++) await null;
};

function setup() {
  const chat = {
    token: () => "t",
    waiter: new Waiter(),
    host: { event: vi.fn() },
    answered: vi.fn(),
    ended: vi.fn(),
    phase: signal("ready"),
  };
  return { chat, ending: new Ending(chat as unknown as Chat) };
}

afterEach(() => vi.restoreAllMocks());

test("a rating shows at once, is repeated until the server has it, and is told to the page once", async () => {
  const { chat, ending } = setup();
  const feedback = vi.spyOn(api, "feedback").mockRejectedValueOnce(new Later(0));
  feedback.mockResolvedValueOnce({} as never);
  const done = ending.rate("i1", 4, "kind");
  expect([ending.closing(issue), ending.rating(issue), ending.thanked.value]).toEqual(["ended", 4, ["i1"]]);
  await settled();
  expect([ending.underway(issue), chat.host.event.mock.calls]).toEqual(["waiting", []]);
  chat.waiter.wake();
  await done;
  expect(feedback.mock.calls.map((c) => c[2])).toEqual(Array(2).fill({ rating: 4, comment: "kind" }));
  expect(chat.host.event.mock.calls).toEqual([["csatSubmit", { rating: 4, additionalFeedback: "kind" }]]);
  expect([ending.underway(issue), ending.closing(issue)]).toEqual([null, "feedback"]); // the server's word from here on
});

test("what a feedback bot was told is told to the page with the end that follows", () => {
  const { chat, ending } = setup();
  ending.note("i1", "text", "kind");
  (chat as unknown as Chat).over("i1");
  expect(chat.host.event).not.toHaveBeenCalled();
  ending.note("i1", "stars", "4");
  ending.note("i1", "text", "kind");
  ending.note("i1", "choice", "a");
  (chat as unknown as Chat).over("i1");
  expect(chat.host.event.mock.calls).toEqual([["csatSubmit", { rating: 4, additionalFeedback: "kind" }]]);
});

test("not now ends the conversation without a word to the page", async () => {
  const { chat, ending } = setup();
  vi.spyOn(api, "feedback").mockResolvedValueOnce({} as never);
  await ending.rate("i1", 0, "");
  expect([chat.host.event.mock.calls, ending.thanked.value]).toEqual([[], []]);
});

test("a refused rating is taken back", async () => {
  const { chat, ending } = setup();
  vi.spyOn(api, "feedback").mockRejectedValueOnce(new Refused(409, "conflict", "", ""));
  await ending.rate("i1", 5, "");
  expect([ending.closing(issue), ending.thanked.value]).toEqual(["feedback", []]);
  expect(chat.host.event).not.toHaveBeenCalled();
});

test("an answer is sent once with one name, however often it is pressed and repeated", async () => {
  const { chat, ending } = setup();
  const resolution = vi.spyOn(api, "resolution").mockRejectedValueOnce(new Later(0));
  resolution.mockResolvedValueOnce({} as never);
  const done = ending.answer("i1", false);
  await ending.answer("i1", true);
  expect(ending.closing({ ...issue, closing: "question" })).toBe("declined");
  await settled();
  chat.waiter.wake();
  await done;
  expect(resolution.mock.calls.map((c) => c[2].accepted)).toEqual([false, false]);
  expect(new Set(resolution.mock.calls.map((c) => c[2].client_id)).size).toBe(1);
});
