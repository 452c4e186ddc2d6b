import { describe, expect, test } from "vitest";
import { apply, behind, hasOlder, type News, type Thread } from "./thread";

type Issue = { version: number; last_seq: number };
type Message = { seq: number; body: string; edited_at?: number; deleted_at?: number };

const messages = (...seqs: number[]): Message[] => seqs.map((seq) => ({ seq, body: `m${seq}` }));
const news = (version: number, last: number, ...seqs: number[]): News<Issue, Message> => ({
  issue: { version, last_seq: last },
  messages: messages(...seqs),
});
const thread = (version: number, last: number, ...seqs: number[]): Thread<Issue, Message> => ({
  issue: { version, last_seq: last },
  messages: messages(...seqs),
});
const seqs = (t: Thread<Issue, Message>) => t.messages.map((m) => m.seq);

describe("apply", () => {
  test.each([
    ["the first news is taken as it is", undefined, news(1, 3, 1, 2, 3), [1, 2, 3]],
    ["the next message is appended", thread(1, 2, 1, 2), news(2, 3, 3), [1, 2, 3]],
    ["repeats change nothing", thread(2, 3, 1, 2, 3), news(2, 3, 2, 3), [1, 2, 3]],
    ["an overlap adds only what is new", thread(2, 3, 2, 3), news(3, 4, 3, 4), [2, 3, 4]],
    ["history is put in front", thread(2, 5, 4, 5), news(2, 5, 2, 3), [2, 3, 4, 5]],
    ["history that does not touch is dropped", thread(2, 5, 4, 5), news(2, 5, 1, 2), [4, 5]],
    ["a gap keeps what is held", thread(2, 2, 1, 2), news(4, 4, 4), [1, 2]],
    ["disorder is sorted", undefined, news(1, 3, 3, 1, 2, 2), [1, 2, 3]],
    ["a broken list keeps its newest part", undefined, news(1, 9, 1, 2, 8, 9), [8, 9]],
    ["no messages at all", thread(1, 1, 1), { issue: { version: 2, last_seq: 1 }, messages: null }, [1]],
  ])("%s", (_, before, update, want) => {
    expect(seqs(apply(before, update))).toEqual(want);
  });

  test("an older state never replaces a newer one", () => {
    expect(apply(thread(7, 3, 1, 2, 3), news(6, 2)).issue.version).toBe(7);
    expect(apply(thread(7, 3, 1, 2, 3), news(8, 3)).issue.version).toBe(8);
  });

  test("what was edited or taken back changes in its place, and late news undo nothing", () => {
    const change = (...changed: Message[]) => ({ ...news(2, 3), changed });
    const edited = apply(thread(1, 3, 1, 2, 3), change({ seq: 2, body: "second", edited_at: 20 }));
    expect(edited.messages.map((m) => m.body)).toEqual(["m1", "second", "m3"]);
    const late = apply(
      edited,
      change({ seq: 2, body: "first", edited_at: 10 }, { seq: 9, body: "not held" }),
    );
    expect(late.messages).toBe(edited.messages);
    const back = apply(edited, change({ seq: 2, body: "", edited_at: 20, deleted_at: 30 }));
    expect(back.messages.map((m) => m.body)).toEqual(["m1", "", "m3"]);
  });

  test("after a long absence the server begins anew, and history is loaded from there", () => {
    const after = apply(thread(1, 3, 1, 2, 3), { ...news(90, 100, 99, 100), more: true });
    expect(seqs(after)).toEqual([99, 100]);
    expect(hasOlder(after)).toBe(true);
  });

  test("nothing new leaves the list itself alone, so that nothing is drawn again", () => {
    const before = thread(2, 3, 1, 2, 3);
    expect(apply(before, news(3, 3, 3)).messages).toBe(before.messages);
  });
});

test("a gap shows as being behind, until it is filled", () => {
  const gap = apply(thread(2, 2, 1, 2), news(4, 4, 4));
  expect(behind(gap)).toBe(true);
  expect(behind(apply(gap, news(4, 4, 3, 4)))).toBe(false);
});

test("any order of any deliveries ends in the same thread", () => {
  const parts = [news(2, 2, 1, 2), news(3, 3, 3), news(4, 4, 4), news(5, 5, 4, 5), news(5, 5, 3, 4, 5)];
  for (let seed = 1; seed < 200; seed++) {
    let state = seed;
    const keyed = parts.map((p) => {
      state = (state * 48271) % 2147483647;
      return { p, key: state };
    });
    const shuffled = keyed.sort((a, b) => a.key - b.key).map((x) => x.p);
    let t: Thread<Issue, Message> | undefined;
    for (const p of shuffled) t = apply(t, p);
    while (t && behind(t)) t = apply(t, news(5, 5, ...[1, 2, 3, 4, 5].slice(seqs(t).at(-1) ?? 0)));
    expect(t?.issue.version).toBe(5);
    expect(seqs(t as Thread<Issue, Message>).at(-1)).toBe(5);
    const all = seqs(t as Thread<Issue, Message>);
    expect(all).toEqual(all.map((_, i) => (all[0] as number) + i));
  }
});
