import type { Frame, Watch } from "../../shared/agent";
import { delay } from "./backoff";

/** connecting: for the first time; online: frames arrive; waiting: the connection was lost and is tried again. */
export type Status = "connecting" | "online" | "waiting";

export interface Handlers {
  frame: (frame: Frame) => void;
  status: (status: Status) => void;
  /** Called after a connection that came back: what was missed has to be fetched. */
  resync: () => void;
  /** Called when connecting failed: the session may have ended. */
  failed: () => void;
}

const answerWithin = 10_000; // a socket that has said nothing by then leads nowhere
const sleep = 60_000; // the network may be another one after that, and nobody would tell the old socket
const tick = 15_000;

/** LiveSocket keeps one WebSocket to /agent/v1/socket open from start to stop, whatever the network does. */
export class LiveSocket {
  private socket: WebSocket | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private guard: ReturnType<typeof setTimeout> | undefined;
  private ticker: ReturnType<typeof setInterval> | undefined;
  private failures = 0;
  private wasOnline = false;
  private running = false;
  private awakeAt = 0;
  private watching: (() => Watch) | null = null;

  constructor(private readonly on: Handlers) {}

  start() {
    this.running = true;
    addEventListener("online", this.hurry);
    addEventListener("offline", this.drop);
    addEventListener("pageshow", this.hurry);
    document.addEventListener("visibilitychange", this.seen);
    this.awakeAt = Date.now();
    this.ticker = setInterval(() => document.visibilityState === "visible" && this.wake(), tick);
    this.connect();
  }

  stop() {
    this.running = false;
    clearTimeout(this.timer);
    clearInterval(this.ticker);
    removeEventListener("online", this.hurry);
    removeEventListener("offline", this.drop);
    removeEventListener("pageshow", this.hurry);
    document.removeEventListener("visibilitychange", this.seen);
    this.leave();
  }

  /** watch follows one issue, or none; cursor is asked again after each reconnect. */
  watch(cursor: (() => Watch) | null) {
    this.watching = cursor;
    this.sendWatch();
  }

  private connect() {
    clearTimeout(this.timer);
    if (!this.running || this.socket) return;
    const url = new URL("/agent/v1/socket", location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.socket = socket;
    this.guard = setTimeout(() => this.lost(), answerWithin);
    socket.onmessage = (e) => socket === this.socket && this.receive(e.data);
    socket.onclose = () => socket === this.socket && this.lost();
  }

  private receive(data: unknown) {
    const frame = frameOf(data);
    if (!frame) return;
    clearTimeout(this.guard);
    if (frame.type === "welcome") this.welcome();
    if (frame.type === "reconnect") return this.moved(frame.after_ms ?? 0);
    this.on.frame(frame);
  }

  private welcome() {
    const again = this.wasOnline || this.failures > 0;
    this.failures = 0;
    this.wasOnline = true;
    this.on.status("online");
    if (this.watching) this.sendWatch();
    if (again) this.on.resync();
  }

  private sendWatch() {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    const watch = this.watching?.() ?? { type: "watch", issue_id: "", seq: 0, event_n: 0 };
    this.socket.send(JSON.stringify(watch));
  }

  private leave() {
    clearTimeout(this.guard);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private lost() {
    this.leave();
    if (!this.running) return;
    this.on.status("waiting");
    this.on.failed();
    this.timer = setTimeout(() => this.connect(), delay(this.failures++, Math.random()));
  }

  /** The server restarts and says when to come back. */
  private moved(after: number) {
    this.leave();
    this.on.status("waiting");
    this.timer = setTimeout(() => this.connect(), after + delay(0, Math.random()));
  }

  private readonly hurry = () => {
    if (!this.socket) this.connect();
  };

  private readonly drop = () => {
    if (this.socket) this.lost();
  };

  private readonly seen = () => {
    this.wake();
    if (document.visibilityState === "visible") this.hurry();
  };

  /** wake replaces the socket if the page was hidden, or the machine asleep, for long. Its welcome brings a resync. */
  private wake() {
    const slept = Date.now() - this.awakeAt > sleep;
    this.awakeAt = Date.now();
    if (!slept || !this.socket) return;
    this.leave();
    this.failures = 0;
    this.on.status("waiting");
    this.connect();
  }
}

function frameOf(data: unknown): Frame | null {
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(data) as Frame;
  } catch {
    return null;
  }
}
