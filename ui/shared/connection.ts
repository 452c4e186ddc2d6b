// One live line to the server: a WebSocket that comes back by itself, and long polling where sockets are blocked.

import { Backoff } from "./backoff";

/** LineState is shown to people: online, or trying. "off" is before start and after stop. */
export type LineState = "off" | "connecting" | "online" | "waiting";

/** LineFrame is the part of a frame that the line itself understands. */
export interface LineFrame {
  type: string;
  after_ms?: number;
}

export interface LineOptions<F extends LineFrame> {
  /** Address of the socket, ws: or wss:. */
  url: string;
  /** The first thing to say on a new socket, or null for nothing (the socket is authenticated otherwise). */
  hello(): object | null;
  frame(frame: F): void;
  state(state: LineState): void;
  /** Asks once by long poll. Without it there is no fallback. Must reject if the server cannot be reached. */
  poll?(signal: AbortSignal): Promise<F[]>;
  /** For tests. */
  socket?: new (
    url: string,
  ) => WebSocket;
  random?: () => number;
}

const ANSWER_WITHIN = 10_000; // a socket that has not opened by then, or stays silent so long after, is blocked somewhere
const POLL_FOR = 60_000; // then sockets are tried again

/** Line keeps one connection. Frames arrive by options.frame until stop is called; there is no end to trying. */
export class Line<F extends LineFrame> {
  private state: LineState = "off";
  private socket: WebSocket | null = null;
  private polling: AbortController | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private guard: ReturnType<typeof setTimeout> | undefined;
  /** How many sockets in a row have not said a word. */
  private silent = 0;
  private readonly backoff: Backoff;

  constructor(private readonly options: LineOptions<F>) {
    this.backoff = new Backoff(500, 30_000, options.random);
  }

  start(): void {
    if (this.state === "off") this.connect();
  }

  stop(): void {
    this.drop();
    this.set("off");
  }

  /** nudge tries at once if it waits. With fresh, a line that seems to work is replaced too: its network may be gone. */
  nudge(fresh = false): void {
    if (this.state === "off") return;
    if (this.state === "waiting" || fresh) {
      this.drop();
      this.backoff.reset();
      this.connect();
    }
  }

  /** send says something on the socket; it is lost if there is none. */
  send(message: object): void {
    if (this.socket?.readyState === 1) this.socket.send(JSON.stringify(message));
  }

  private set(state: LineState): void {
    if (this.state === state) return;
    this.state = state;
    this.options.state(state);
  }

  private connect(): void {
    if (this.silent >= 2 && this.options.poll) {
      void this.pollFor(Date.now() + POLL_FOR);
      return;
    }
    this.set("connecting");
    let answered = false;
    const socket = new (this.options.socket ?? WebSocket)(this.options.url);
    this.socket = socket;
    const answers = () => {
      answered = true;
      this.silent = 0;
      clearTimeout(this.guard);
    };
    const guard = () => {
      clearTimeout(this.guard);
      this.guard = setTimeout(() => this.lost(socket, answered), ANSWER_WITHIN);
    };
    guard();
    socket.onopen = () => {
      const hello = this.options.hello();
      if (hello) {
        guard(); // something between us and the server may open sockets and carry nothing
        socket.send(JSON.stringify(hello));
      } else {
        answers();
        this.online();
      }
    };
    socket.onmessage = (e) => {
      answers();
      this.receive(e.data);
    };
    socket.onclose = () => this.lost(socket, answered);
  }

  private online(): void {
    this.backoff.reset();
    this.set("online");
  }

  private receive(data: unknown): void {
    let frame: F;
    try {
      frame = JSON.parse(String(data)) as F;
    } catch {
      return; // not ours to understand; the next frame may be
    }
    if (frame.type === "reconnect") this.comeBack(frame.after_ms ?? 0);
    else {
      if (frame.type !== "error") this.online();
      this.options.frame(frame);
    }
  }

  /** comeBack obeys a server that restarts: leave now, return after the time it names and a little chance. */
  private comeBack(afterMs: number): void {
    this.drop();
    this.set("waiting");
    this.timer = setTimeout(
      () => this.connect(),
      afterMs + Math.round(500 * (this.options.random ?? Math.random)()),
    );
  }

  private lost(socket: WebSocket, answered: boolean): void {
    if (socket !== this.socket) return;
    if (!answered) this.silent++;
    this.drop();
    this.retry();
  }

  private retry(): void {
    this.set("waiting");
    this.timer = setTimeout(() => this.connect(), this.backoff.next());
  }

  private async pollFor(until: number): Promise<void> {
    const control = new AbortController();
    this.polling = control;
    try {
      while (Date.now() < until && !control.signal.aborted) {
        const frames = (await this.options.poll?.(control.signal)) ?? [];
        if (control.signal.aborted) return;
        this.online();
        for (const f of frames) this.receive(JSON.stringify(f));
      }
    } catch {
      if (control.signal.aborted) return;
      // The server itself is out of reach, so nothing is known about sockets: begin again with one.
      this.silent = 0;
      this.polling = null;
      this.retry();
      return;
    }
    if (control.signal.aborted) return;
    this.polling = null;
    this.silent = 1; // one more failure is enough to come back here
    this.connect();
  }

  private drop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.guard);
    this.polling?.abort();
    this.polling = null;
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
}
