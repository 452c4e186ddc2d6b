// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LiveSocket } from "./socket";

/** Wire is a socket that says only what the test makes it say. */
class Wire {
  static readonly OPEN = 1;
  static all: Wire[] = [];
  readonly readyState = 1;
  closed = false;
  onmessage: ((e: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor() {
    Wire.all.push(this);
  }
  send() {}
  close() {
    this.closed = true;
  }
  welcome() {
    this.onmessage?.({ data: '{"type":"welcome","server_time":1}' });
  }
}

const on = { frame: vi.fn(), status: vi.fn(), resync: vi.fn(), failed: vi.fn() };
let live: LiveSocket;
let visible = "visible";
const wire = () => Wire.all[Wire.all.length - 1] as Wire;
const show = (state: string) => {
  visible = state;
  document.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Wire);
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visible as DocumentVisibilityState);
  Wire.all = [];
  visible = "visible";
  live = new LiveSocket(on);
  live.start();
});

afterEach(() => {
  live.stop();
  vi.clearAllMocks();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a socket that never says anything is given up, again and again", () => {
  vi.advanceTimersByTime(10_000);
  expect(wire().closed).toBe(true);
  expect(on.status).toHaveBeenLastCalledWith("waiting");
  expect(on.failed).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(500);
  expect(Wire.all.length).toBe(2);
  vi.advanceTimersByTime(10_000);
  expect(wire().closed).toBe(true);
  vi.advanceTimersByTime(1000);
  wire().welcome();
  expect(on.status).toHaveBeenLastCalledWith("online");
  expect(on.resync).toHaveBeenCalledTimes(1);
});

test("a socket that has answered may be silent for as long as it likes", () => {
  wire().welcome();
  vi.advanceTimersByTime(3_600_000);
  expect(Wire.all.length).toBe(1);
  expect(wire().closed).toBe(false);
});

test("after long out of sight the socket is replaced and what was missed is fetched", () => {
  const first = wire();
  first.welcome();
  show("hidden");
  vi.advanceTimersByTime(61_000);
  show("visible");
  expect(first.closed).toBe(true);
  expect(Wire.all.length).toBe(2);
  first.onclose?.(); // comes late and changes nothing
  wire().welcome();
  expect(on.resync).toHaveBeenCalledTimes(1);
  expect(on.status).toHaveBeenLastCalledWith("online");
});

test("a short look elsewhere leaves the socket alone", () => {
  wire().welcome();
  show("hidden");
  vi.advanceTimersByTime(59_000);
  show("visible");
  expect(Wire.all.length).toBe(1);
  expect(on.resync).not.toHaveBeenCalled();
});

test("a machine that slept with the page in sight replaces the socket too", () => {
  wire().welcome();
  vi.setSystemTime(Date.now() + 600_000);
  vi.advanceTimersByTime(15_000);
  expect(Wire.all.length).toBe(2);
});

test("a lost network is known at once, and the way back as well", () => {
  wire().welcome();
  dispatchEvent(new Event("offline"));
  expect(on.status).toHaveBeenLastCalledWith("waiting");
  dispatchEvent(new Event("online"));
  expect(Wire.all.length).toBe(2);
});

test("nothing happens after stop", () => {
  live.stop();
  vi.advanceTimersByTime(120_000);
  expect(Wire.all.length).toBe(1);
  expect(wire().closed).toBe(true);
  expect(on.status).not.toHaveBeenCalled();
});
