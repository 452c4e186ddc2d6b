import { expect, test, vi } from "vitest";
import type { Attachment } from "../../shared/agent";
import { ApiError } from "../session/api";
import { maxFile, sizeWords, Uploads, type UploadsOptions } from "./uploads";

/** setup is the files of one agent; each one waits for its answer. */
function setup() {
  let id = 0;
  const answers: Record<string, { done: (a: Attachment) => void; failed: (err: unknown) => void }> = {};
  const progress: Record<string, (share: number) => void> = {};
  const send: UploadsOptions["send"] = (u, tell, signal) =>
    new Promise((done, failed) => {
      answers[u.clientId] = { done, failed };
      progress[u.clientId] = tell;
      signal.addEventListener("abort", () => failed(new DOMException("given up", "AbortError")));
    });
  const uploads = new Uploads({ send, newId: () => `c${++id}` });
  return { uploads, answers, progress };
}

const file = (name: string, size = 3) => {
  const f = new File(["abc"], name);
  Object.defineProperty(f, "size", { value: size });
  return f;
};
const attachment = (id: string) => ({ id, name: `${id}.txt` }) as Attachment;
const flush = () => new Promise<void>((done) => queueMicrotask(() => queueMicrotask(done)));
const states = (u: Uploads) => u.of("i1").map((f) => `${f.clientId}:${f.state}`);

test("files arrive in any order and are taken in the order in which they were added", async () => {
  const { uploads, answers, progress } = setup();
  const told = vi.fn();
  uploads.subscribe(told);
  expect(uploads.add("i1", [file("a"), file("b")])).toBe(0);
  progress.c1?.(0.5);
  expect(uploads.of("i1")[0]?.share).toBe(0.5);
  answers.c2?.done(attachment("b"));
  answers.c1?.done(attachment("a"));
  await flush();
  expect(states(uploads)).toEqual(["c1:done", "c2:done"]);
  expect(uploads.take("i1").map((a) => a.id)).toEqual(["a", "b"]);
  expect(uploads.of("i1")).toEqual([]);
  expect(told).toHaveBeenCalled();
});

test("what failed is tried again under the same id, and is not taken", async () => {
  const { uploads, answers } = setup();
  uploads.add("i1", [file("a")]);
  answers.c1?.failed(new ApiError("offline", "The server cannot be reached."));
  await flush();
  expect(uploads.of("i1")[0]).toMatchObject({
    state: "failed",
    error: "The server cannot be reached.",
    again: true,
  });
  expect(uploads.take("i1")).toEqual([]);
  uploads.retry("i1", "c1");
  expect(states(uploads)).toEqual(["c1:uploading"]);
  answers.c1?.done(attachment("a"));
  await flush();
  expect(states(uploads)).toEqual(["c1:done"]);
});

test("a removed file is given up and does not come back", async () => {
  const { uploads } = setup();
  uploads.add("i1", [file("a")]);
  uploads.remove("i1", "c1");
  await flush();
  expect(uploads.of("i1")).toEqual([]);
});

test("at most ten files fit, and conversations do not share them", () => {
  const { uploads } = setup();
  const many = Array.from({ length: 12 }, (_, n) => file(`f${n}`));
  expect(uploads.add("i1", many)).toBe(2);
  expect(uploads.of("i1")).toHaveLength(10);
  expect(uploads.of("i2")).toEqual([]);
});

test("a file that is too large or empty is not sent, and says why", () => {
  const { uploads, answers } = setup();
  uploads.add("i1", [file("big", maxFile + 1), file("empty", 0)]);
  expect(answers).toEqual({});
  expect(uploads.of("i1").map((u) => u.error)).toEqual([
    "This file is too large: at most 25 MB fit.",
    "This file is empty.",
  ]);
});

test.each([
  [1, "1 byte"],
  [999, "999 bytes"],
  [1234, "1.2 KB"],
  [1 << 20, "1 MB"],
  [52 << 20, "52 MB"],
])("%i bytes are %s", (bytes, want) => {
  expect(sizeWords(bytes)).toBe(want);
});
