// The chat without its looks: who is here, what is known, what is shown, and what happens when something changes.

import { batch, effect, signal } from "@preact/signals";
import type { Frame, Update } from "../../shared/chat";
import { Line, type LineState } from "../../shared/connection";
import { behind } from "../../shared/thread";
import type { Host, Opening } from "../host/host";
import { api, mark } from "../net/api";
import { Refused } from "../net/http";
import type { Page } from "../page";
import { Arrivals } from "./arrival";
import { dividerOf } from "./divider";
import { Loader } from "./loader";
import { outbox, type Refusal } from "./mail";
import { Memory, type TabNews } from "./memory";
import { Presence } from "./presence";
import type { Reader } from "./reader";
import { loadVisit, reader } from "./reports";
import { Sessions, type Which } from "./sessions";
import { isClosed, isOutbound, Threads } from "./threads";
import { Typing } from "./typing";
import { Waiter } from "./waiter";

/** Phase is what the body of the panel shows first: loading, trouble while loading, or the conversation. */
export type Phase = "loading" | "trouble" | "ready";

/** Notice is a designed screen that stands in front of the conversation. */
export type Notice = "expired" | "revoked" | "unknown" | "ended";

const LONG_HIDDEN = 60_000; // a connection may have died meanwhile without a word

export class Chat {
  readonly phase = signal<Phase>("loading");
  readonly notice = signal<Notice | null>(null);
  readonly line = signal<LineState>("off");
  readonly network = signal(navigator.onLine);
  readonly open = signal(false);
  readonly visible = signal(document.visibilityState === "visible");
  readonly list = signal(false);
  /** Counts up when the composer should take the focus; served is how far it has. */
  readonly focus = signal(0);
  focusServed = 0;
  /** A refused answer to the bot, which goes back to its field. */
  readonly refusal = signal<Refusal | null>(null);
  readonly threads = new Threads();
  readonly typing = new Typing();
  readonly memory: Memory;
  readonly sessions: Sessions;
  readonly outbox: ReturnType<typeof outbox>;
  readonly reader: Reader;
  readonly loader = new Loader(this);
  /** The seq after which "New" is shown; null for nowhere. */
  readonly divider: ReturnType<typeof dividerOf>;
  private readonly tab = mark();
  readonly presence: Presence;
  private readonly socket: Line<Frame>;
  readonly waiter = new Waiter();
  private readonly arrivals = new Arrivals(this);
  private begun = false;
  private hiddenAt = 0;
  private wanted: string | null | undefined; // what resume was asked to show

  constructor(
    readonly page: Page,
    readonly host: Host,
  ) {
    this.memory = new Memory(host);
    this.sessions = new Sessions(this.memory);
    this.outbox = outbox(this);
    this.reader = reader(this);
    this.divider = dividerOf(this);
    this.presence = new Presence(
      this.tab,
      () => this.token(),
      () => this.state(),
      api.presence,
    );
    this.socket = new Line<Frame>({
      url: `${location.origin.replace(/^http/, "ws")}/chat/v1/socket`,
      hello: () => {
        this.presence.assume();
        return { type: "hello", token: this.token(), ...this.where() };
      },
      frame: (f) => this.hear(f),
      state: (s) => this.lineChanged(s),
      poll: (signal) => this.poll(signal),
    });
    this.memory.heard = (news) => this.tabSays(news);
    effect(() => this.host.event("newUnreadMessages", { unreadCount: this.threads.unread.value }));
  }

  /** token is the session's, or "" while the server knows of none. */
  token(): string {
    const key = this.sessions.key.peek();
    return key?.live ? key.token : "";
  }

  /** opening begins, takes a return link that was opened later, or what the host has kept while this page slept. */
  opening(o: Opening): void {
    const first = !this.begun;
    this.begun = true;
    if (first) {
      document.documentElement.dir = o.dir;
      const channel = `rejoin:${this.page.platform_id}@${new URL(this.host.page().url).origin}`;
      this.memory.begin(o.stored, o.durable, channel);
    } else this.memory.renew(o.stored, o.durable);
    const changed = this.sessions.load();
    this.outbox.load();
    this.outbox.flush();
    loadVisit(this);
    const arrival = o.arrival || (first && this.memory.get<string>("arrival"));
    if (arrival) void this.arrivals.take(arrival);
    else if (first || changed) void this.resume();
  }

  shown(open: boolean, focus: boolean): void {
    this.open.value = open;
    this.reader.tell({ type: "open", open });
    void this.presence.changed();
    if (open && focus) this.focus.value++;
  }

  life(gesture: boolean): void {
    this.reader.tell({ type: "life", gesture });
  }

  visibility(): void {
    this.visible.value = document.visibilityState === "visible";
    this.reader.tell({ type: "visible", visible: this.visible.value });
    void this.presence.changed();
    if (this.visible.value) this.hope(Math.abs(Date.now() - this.hiddenAt) > LONG_HIDDEN);
    else this.hiddenAt = Date.now();
  }

  /** hope tries everything that waits. With fresh, the connection is made anew. */
  hope(fresh = false): void {
    this.network.value = navigator.onLine;
    this.socket.nudge(fresh);
    this.waiter.wake();
    this.outbox.flush();
  }

  /** leave and comeBack are the page's goodbye, and its return from the browser's memory. */
  leave(): void {
    this.presence.leave();
    this.socket.stop();
  }

  comeBack(): void {
    this.presence.back();
    if (this.token()) this.socket.start();
    this.hope();
    this.visibility();
  }

  /** resume shows the newest conversation of the session in use, or the wanted one; null wants a new one. */
  async resume(want?: string | null): Promise<void> {
    const mine = this.loader.begin();
    const key = this.sessions.key.peek();
    this.wanted = want;
    this.socket.stop();
    this.threads.clear();
    this.list.value = false;
    if (!key?.live) {
      this.phase.value = "ready";
      return;
    }
    this.phase.value = "loading";
    const issues = await this.loader.persist(mine, () => api.issues(key.token));
    if (!issues) return;
    for (const issue of issues.issues) this.threads.take({ issue });
    this.show(want === undefined ? (key.issue ?? this.threads.issues.peek()[0]?.id ?? null) : want);
    this.socket.start();
  }

  /** tryNow begins the loading anew. */
  tryNow(): void {
    void this.resume(this.threads.shown.peek() ?? this.wanted);
  }

  /** show puts one conversation on the screen, or the beginning of a new one. */
  show(issue: string | null, turn = true): void {
    const thread = this.threads.all.peek().get(issue ?? "");
    const told = thread?.issue.read_seq ?? 0;
    batch(() => {
      this.threads.shown.value = issue;
      this.threads.seen.value = told;
      if (turn) this.threads.turn.value++;
      this.list.value = false;
    });
    this.reader.tell({ type: "issue", told });
    this.phase.value = thread && thread.messages.length === 0 && behind(thread) ? "loading" : "ready";
    if (thread) void this.loader.fill(thread);
  }

  async startNew(): Promise<void> {
    this.notice.value = null;
    if (this.sessions.use.peek() === "link") {
      await this.sessions.switchTo("own"); // a link's key opens one conversation and begins none
      await this.resume(null);
    } else this.show(null);
    this.focus.value++;
  }

  async switchTo(which: Which): Promise<void> {
    this.notice.value = null;
    await this.sessions.switchTo(which);
    await this.resume();
    this.focus.value++;
  }

  wrote(): void {
    const issue = this.threads.shown.peek();
    if (issue && this.line.peek() === "online") this.typing.wrote(() => api.typing(this.token(), issue));
  }

  /** answered takes what the server says to a request and lets the other tabs know. */
  answered(token: string, update: Update): void {
    this.memory.tell({ kind: "frame", whose: token, frame: update });
    if (token === this.sessions.key.peek()?.token) this.take(update);
  }

  /** begins is called when a first message has arrived: the session lives, and its conversation is shown. */
  begins(update: Update): void {
    if (this.threads.shown.peek() === null) {
      this.threads.draft(update.issue.id, this.threads.drafts.peek()[""] ?? "");
      this.threads.draft(null, "");
      this.show(update.issue.id, false);
    }
    this.socket.start();
    void this.presence.changed();
  }

  /** ended forgets a key that the server no longer takes, and says so. */
  ended(why: Refused, which = this.sessions.use.peek()): void {
    if (why.code !== "unauthenticated" || !this.sessions.of(which)?.live) return;
    this.notice.value = "ended";
    void this.sessions
      .drop(which)
      .then(() => this.outbox.orphan(which))
      .then(() => this.resume());
  }

  private where() {
    return { tab: this.tab, state: this.state(), cursors: this.threads.cursors() };
  }

  private state(): string {
    if (!this.visible.peek()) return "tab_hidden";
    return this.open.peek() ? "active" : "panel_closed";
  }

  private async poll(signal: AbortSignal): Promise<Frame[]> {
    try {
      return (await api.poll(this.token(), this.where(), signal)).frames;
    } catch (e) {
      if (e instanceof Refused) this.ended(e);
      throw e;
    }
  }

  private lineChanged(state: LineState): void {
    this.line.value = state;
    if (state !== "online") return;
    this.waiter.wake();
    this.reader.retry();
    this.outbox.flush();
    void this.presence.changed();
  }

  private hear(f: Frame): void {
    if (f.type === "welcome") for (const u of f.updates ?? []) this.take(u);
    else if (f.type === "update" && f.issue) this.take(f as Update);
    else if (f.type === "typing") this.typing.show(f.issue_id ?? "", f.name ?? "");
    else if (f.type === "error") this.ended(new Refused(0, f.code ?? "", f.text ?? "", ""));
  }

  private tabSays(news: TabNews): void {
    if (news.kind === "frame") {
      if (news.whose === this.sessions.key.peek()?.token) this.hear(news.frame as Frame);
    } else if (news.kind === "returned") loadVisit(this);
    else if (news.key !== "sessions") this.outbox.load();
    else if (this.sessions.load()) void this.resume();
  }

  /** take applies what the server says about a conversation. */
  take(update: Update): void {
    const [before, after] = this.threads.take(update);
    const { issue, messages } = after;
    this.outbox.settle((update.messages ?? []).flatMap((m) => m.client_id ?? []));
    if (issue.id === this.threads.shown.peek()) this.reader.tell({ type: "told", seq: issue.read_seq });
    if (messages !== before?.messages && update.messages?.some(isOutbound)) this.typing.clear();
    if (before && !isClosed(before.issue) && issue.state === "resolved")
      this.host.event("conversationResolved");
    if (before && isClosed(before.issue) && !isClosed(issue)) this.host.event("conversationReopened");
    if (messages.length > 0 || issue.id === this.threads.shown.peek()) void this.loader.fill(after);
  }
}
