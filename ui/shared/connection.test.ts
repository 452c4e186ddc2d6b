import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Line, type LineFrame, type LineState } from "./connection";

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 0;
  sent: string[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((e: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(readonly url: string) {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  say(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const newest = () => FakeSocket.all.at(-1) as FakeSocket;

function setup(poll?: (signal: AbortSignal) => Promise<LineFrame[]>) {
  const states: LineState[] = [];
  const frames: LineFrame[] = [];
  const line = new Line<LineFrame>({
    url: "ws://server/socket",
    hello: () => ({ type: "hello" }),
    frame: (f) => frames.push(f),
    state: (s) => states.push(s),
    poll,
    socket: FakeSocket as unknown as new (url: string) => WebSocket,
    random: () => 1,
  });
  return { line, states, frames };
}

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.all = [];
});
afterEach(() => vi.useRealTimers());

test("says hello first, and is online once the server answers", () => {
  const { line, states, frames } = setup();
  line.start();
  newest().open();
  expect(newest().sent).toEqual(['{"type":"hello"}']);
  expect(states).toEqual(["connecting"]);
  newest().say({ type: "welcome" });
  expect(states).toEqual(["connecting", "online"]);
  expect(frames).toEqual([{ type: "welcome" }]);
});

test("comes back for ever, with waits that grow to half a minute", () => {
  const { line } = setup();
  line.start();
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    newest().onclose?.();
    const before = FakeSocket.all.length;
    vi.advanceTimersByTime(wait - 1);
    expect(FakeSocket.all.length).toBe(before);
    vi.advanceTimersByTime(1);
    expect(FakeSocket.all.length).toBe(before + 1);
  }
});

test("a nudge ends the wait; a fresh one replaces even a line that seems to work", () => {
  const { line } = setup();
  line.start();
  newest().onclose?.();
  line.nudge();
  expect(FakeSocket.all.length).toBe(2);
  newest().open();
  newest().say({ type: "welcome" });
  line.nudge();
  expect(FakeSocket.all.length).toBe(2);
  const old = newest();
  line.nudge(true);
  expect(FakeSocket.all.length).toBe(3);
  expect(old.closed).toBe(true);
});

test("obeys reconnect", () => {
  const { line } = setup();
  line.start();
  newest().open();
  newest().say({ type: "reconnect", after_ms: 2000 });
  vi.advanceTimersByTime(2499);
  expect(FakeSocket.all.length).toBe(1);
  vi.advanceTimersByTime(1);
  expect(FakeSocket.all.length).toBe(2);
});

test("a socket that hangs while opening counts as failed", () => {
  const { line, states } = setup();
  line.start();
  vi.advanceTimersByTime(10_000);
  expect(states.at(-1)).toBe("waiting");
});

test("a socket that opens and stays silent counts as failed, and polling follows", async () => {
  let polls = 0;
  const { line, states } = setup(async () => {
    polls++;
    await new Promise((done) => setTimeout(done, 25_000));
    return [];
  });
  line.start();
  newest().open();
  vi.advanceTimersByTime(9999);
  expect(states).toEqual(["connecting"]);
  vi.advanceTimersByTime(1);
  expect(states.at(-1)).toBe("waiting");
  vi.advanceTimersByTime(500);
  newest().open();
  vi.advanceTimersByTime(10_000);
  await vi.advanceTimersByTimeAsync(1000);
  expect(polls).toBe(1);
});

test("a line that has been online may be silent for long", () => {
  const { line, states } = setup();
  line.start();
  newest().open();
  newest().say({ type: "welcome" });
  vi.advanceTimersByTime(600_000);
  expect(states.at(-1)).toBe("online");
  expect(FakeSocket.all.length).toBe(1);
});

test("polls when sockets never open, and tries sockets again later", async () => {
  let polls = 0;
  const { line, states, frames } = setup(async () => {
    polls++;
    await new Promise((done) => setTimeout(done, 25_000));
    return [{ type: "update" }];
  });
  line.start();
  newest().onclose?.();
  vi.advanceTimersByTime(500);
  newest().onclose?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(polls).toBe(1);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(states.at(-1)).toBe("online");
  expect(frames).toEqual([{ type: "update" }]);
  const sockets = FakeSocket.all.length;
  await vi.advanceTimersByTimeAsync(50_000);
  expect(FakeSocket.all.length).toBe(sockets + 1);
});

test("a poll that fails means the server is away, not that sockets are blocked", async () => {
  const { line } = setup(() => Promise.reject(new Error("unreachable")));
  line.start();
  newest().onclose?.();
  vi.advanceTimersByTime(500);
  newest().onclose?.();
  await vi.advanceTimersByTimeAsync(1000);
  const sockets = FakeSocket.all.length;
  await vi.advanceTimersByTimeAsync(2000);
  expect(FakeSocket.all.length).toBe(sockets + 1);
});

test("nothing happens after stop", () => {
  const { line, frames } = setup();
  line.start();
  const socket = newest();
  socket.open();
  line.stop();
  socket.say({ type: "update" });
  vi.advanceTimersByTime(120_000);
  expect(frames).toEqual([]);
  expect(FakeSocket.all.length).toBe(1);
});
