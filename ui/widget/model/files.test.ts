import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Attachment } from "../../shared/chat";
import { Later, Refused } from "../net/http";
import type { UploadRequest } from "../net/upload";
import type { Chat } from "./chat";
import { Files, MOST } from "./files";
import { Threads } from "./threads";
import { Waiter } from "./waiter";

interface Sent {
  body: string;
  issue: string | null;
  files?: Attachment[];
}

/** setup is a chat with files; every upload waits until the test answers it. */
function setup() {
  const uploads: (UploadRequest & { done(a: Attachment): void; fail(e: Error): void })[] = [];
  const sent: Sent[] = [];
  const own = signal<{ token: string; live: boolean } | undefined>({ token: "t1", live: true });
  const chat = {
    page: { platform_id: "p", max_file: 1000 },
    settings: signal({ fullPrivacy: false }),
    threads: new Threads(),
    sessions: { use: signal("own"), of: () => own.value, own: async () => "fresh" },
    outbox: { add: async (e: Sent) => sent.push(e) },
    notice: signal(null),
    refusal: signal(null),
    before: { give() {} },
    typing: { sent() {} },
    waiter: new Waiter(),
    ended: vi.fn(),
  };
  const files = new Files(
    chat as unknown as Chat,
    (r) => new Promise((done, fail) => uploads.push({ ...r, done, fail })),
  );
  const ready = async (n = 0) => {
    const u = uploads.splice(n, 1)[0];
    u?.done({ id: `a ${u.file.name}`, name: u.file.name, type: "", size: 1, url: "" });
    await settled();
  };
  const states = () => files.uploads.value.map((u) => `${u.name} ${u.state}`);
  return { files, chat, uploads, sent, own, ready, states };
}

/** settled lets everything happen that waits for nothing but its turn. */
const settled = async () => {
  for (let i = 0; i < 10; i++) await null;
};
const file = (name: string, bytes = 1) => new File(["x".repeat(bytes)], name);

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => vi.useRealTimers());

test("empty, large and too many files are told and not taken", () => {
  const { files } = setup();
  files.add(
    [file("empty", 0), file("large", 1001), ...Array.from({ length: MOST + 2 }, (_, i) => file(`${i}`))],
    null,
  );
  expect(files.faults.value.map((f) => `${f.kind} ${f.name}`)).toEqual([
    "empty empty",
    "size large",
    "many 10",
  ]);
  expect(files.uploads.value).toHaveLength(MOST);
});

test("three files are uploaded at once, the others follow", async () => {
  const { files, chat, uploads, ready, states } = setup();
  files.add(
    ["a", "b", "c", "d"].map((n) => file(n)),
    chat.threads.shown.value,
  );
  expect(uploads.map((u) => u.file.name)).toEqual(["a", "b", "c"]);
  await ready();
  expect(states()).toEqual(["a ready", "b uploading", "c uploading", "d uploading"]);
});

test("a message waits for its files and takes text and files along", async () => {
  const { files, chat, sent, ready } = setup();
  files.add([file("a"), file("b")], chat.threads.shown.value);
  chat.threads.draft(null, " look ");
  await ready();
  files.post();
  expect(sent).toEqual([]);
  expect(files.held.value).toEqual([null]);
  await ready();
  expect(sent).toMatchObject([{ body: "look", issue: null, files: [{ id: "a a" }, { id: "a b" }] }]);
  expect([files.held.value, files.uploads.value]).toEqual([[], []]);
  expect(chat.threads.drafts.value[""]).toBe("");
});

test("a message goes at once without files, and not at all without anything", () => {
  const { files, chat, sent } = setup();
  files.post();
  expect(sent).toEqual([]);
  chat.threads.draft(null, "hi");
  files.post();
  expect(sent).toMatchObject([{ body: "hi", files: undefined }]);
});

test("trouble is repeated with the same name until it works", async () => {
  const { files, chat, uploads, ready, states } = setup();
  files.add([file("a")], chat.threads.shown.value);
  const first = uploads.splice(0)[0];
  first?.fail(new Later(0));
  await settled();
  expect(states()).toEqual(["a waiting"]);
  chat.waiter.wake(); // the network is back
  await settled();
  expect(uploads[0]?.client_id).toBe(first?.client_id);
  await ready();
  expect(states()).toEqual(["a ready"]);
});

test("a refused file keeps the message, and the person decides", async () => {
  const { files, chat, uploads, sent } = setup();
  files.add([file("a")], chat.threads.shown.value);
  chat.threads.draft(null, "text");
  files.post();
  uploads.splice(0)[0]?.fail(new Refused(400, "invalid", "No.", ""));
  await settled();
  expect([files.held.value, files.uploads.value[0]?.state]).toEqual([[], "failed"]);
  expect(chat.threads.drafts.value[""]).toBe("text");
  files.post();
  expect(sent).toEqual([]);
  files.remove(files.uploads.value[0]?.client_id ?? "");
  files.post();
  expect(sent).toMatchObject([{ body: "text" }]);
});

test("what is removed stops, and a held message no longer waits for it", async () => {
  const { files, chat, uploads, sent } = setup();
  files.add([file("a")], chat.threads.shown.value);
  chat.threads.draft(null, "text");
  files.post();
  files.remove(files.uploads.value[0]?.client_id ?? "");
  expect(uploads[0]?.signal.aborted).toBe(true);
  expect(sent).toMatchObject([{ body: "text", files: undefined }]);
});

test("the tray of a new conversation goes on in the one that its first message makes", async () => {
  const { files, chat, sent, ready } = setup();
  files.add([file("a")], chat.threads.shown.value);
  files.post();
  chat.threads.shown.value = "i1";
  expect(files.uploads.value[0]?.issue).toBe("i1");
  await ready();
  expect(sent).toMatchObject([{ body: "", issue: "i1", files: [{ id: "a a" }] }]);
});

test("turning to another conversation leaves the tray where it is, and what is held is still sent", async () => {
  const { files, chat, sent, ready } = setup();
  chat.threads.shown.value = "i1";
  files.add([file("a")], chat.threads.shown.value);
  chat.threads.draft("i1", "for one");
  files.post();
  chat.threads.turn.value++;
  chat.threads.shown.value = "i2";
  expect(files.of("i2")).toEqual([]);
  await ready();
  expect(sent).toMatchObject([{ body: "for one", issue: "i1", files: [{ id: "a a" }] }]);
});

test("the next person does not find the tray", () => {
  const { files, chat, own } = setup();
  files.add([file("a")], chat.threads.shown.value);
  own.value = undefined;
  expect(files.uploads.value).toEqual([]);
});
