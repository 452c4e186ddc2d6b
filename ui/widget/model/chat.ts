// The chat without its looks: who is here, what is known, what is shown, and what happens when something changes.

import { batch, effect, signal } from "@preact/signals";
import type { Call } from "../../shared/bridge";
import type { Update } from "../../shared/chat";
import type { LineState } from "../../shared/connection";
import { behind } from "../../shared/thread";
import type { Host, Opening } from "../host/host";
import { api } from "../net/api";
import type { Refused } from "../net/http";
import type { Page } from "../page";
import { Arrivals } from "./arrival";
import { Before } from "./before";
import { carryOut } from "./commands";
import { noSettings, readSettings, type Settings } from "./config";
import { dividerOf } from "./divider";
import { changesOf } from "./events";
import { noFields } from "./fields";
import { Hours } from "./hours";
import type { Identity } from "./identity";
import { Live } from "./live";
import { Loader } from "./loader";
import { outbox, type Refusal } from "./mail";
import { Memory } from "./memory";
import { Mistakes } from "./mistakes";
import type { Notice } from "./notice";
import { Part } from "./part";
import { identity, keyEnded, tabSays, turn } from "./person";
import type { Reader } from "./reader";
import { loadVisit, reader } from "./reports";
import { Sessions, type Which } from "./sessions";
import { Starter } from "./starter";
import { Successor } from "./successor";
import { isOutbound, newestOf, Threads } from "./threads";
import { Typing } from "./typing";
import { Waiter } from "./waiter";

/** Phase is what the body of the panel shows first. Trouble: it cannot be loaded for now. */
export type Phase = "loading" | "trouble" | "ready";

const LONG_HIDDEN = 60_000; // a connection may have died meanwhile without a word

export class Chat {
  readonly phase = signal<Phase>("loading");
  readonly notice = signal<Notice | null>(null);
  /** The address of the page where the conversation behind the notice began, or "". */
  readonly noticePage = signal("");
  /** What the host page wants. */
  readonly settings = signal<Settings>(noSettings);
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
  /** What the page's commands have set of the custom issue fields. */
  fieldSetting = noFields;
  readonly threads = new Threads();
  readonly typing = new Typing();
  readonly memory: Memory;
  readonly sessions: Sessions;
  readonly outbox: ReturnType<typeof outbox>;
  readonly reader: Reader;
  readonly loader = new Loader(this);
  /** The seq after which "New" is shown; null for nowhere. */
  readonly divider: ReturnType<typeof dividerOf>;
  readonly waiter = new Waiter();
  readonly identity: Identity;
  readonly profile = new Part(() => import("./profile"), this.waiter);
  readonly hours: Hours;
  readonly before: Before;
  readonly starter: Starter;
  readonly live: Live;
  readonly arrivals: Arrivals;
  private readonly successor: Successor;
  readonly mistakes: Mistakes;
  over: (issue: string) => void = () => {}; // is called before the page is told that a conversation is over
  private begun = false;
  private hiddenAt = 0;
  private wanted: string | null | undefined; // what resume was asked to show

  constructor(
    readonly page: Page,
    readonly host: Host,
  ) {
    this.mistakes = new Mistakes(host);
    this.memory = new Memory(host);
    this.sessions = new Sessions(this.memory);
    this.outbox = outbox(this);
    this.reader = reader(this);
    this.divider = dividerOf(this);
    this.live = new Live(this);
    this.identity = identity(this);
    this.arrivals = new Arrivals(this);
    this.hours = new Hours(this);
    this.before = new Before(this);
    this.starter = new Starter(this);
    this.successor = new Successor(this);
    this.memory.heard = (news) => tabSays(this, news);
    effect(() => this.host.event("newUnreadMessages", { unreadCount: this.threads.unread.value }));
  }

  /** token is the session's, or "" while the server knows of none. */
  token(): string {
    const key = this.sessions.key.peek();
    return key?.live ? key.token : "";
  }

  /** opening begins, or takes what the host has kept while this page slept. */
  opening(o: Opening): void {
    const first = !this.begun;
    this.begun = true;
    if (first) {
      const channel = `rejoin:${this.page.platform_id}@${new URL(this.host.page().url).origin}`;
      this.memory.begin(o.stored, channel);
      this.successor.take(o.held);
    } else this.memory.renew(o.stored);
    const changed = this.sessions.load();
    this.outbox.load();
    this.outbox.flush();
    loadVisit(this);
    const links = o.calls.filter((c) => first && c.name === "arrive"); // they wait until we know who is here
    for (const { args } of links) this.arrivals.note(String(args[0]));
    this.configure(o.config);
    if (!first && changed) turn(this);
    for (const call of o.calls) if (!links.includes(call)) this.command(call);
  }

  /** configure follows the page's configuration. */
  configure(raw: unknown): void {
    const { settings, mistakes } = readSettings(raw);
    const before = this.settings.peek();
    this.mistakes.tell(mistakes);
    this.settings.value = settings;
    this.successor.speak(settings.language);
    this.identity.follow(settings);
    const shown = this.threads.thread.peek()?.issue;
    if (settings.initiateOnLoad && !before.initiateOnLoad && shown?.closing === "ended") void this.startNew();
  }

  command(call: Call): void {
    carryOut(this, call);
  }

  /** arrive takes a return link that was opened on a page already loaded. */
  arrive(token: string): void {
    this.arrivals.note(token);
    if (this.identity.open()) this.arrivals.take();
    else void this.arrivals.keep();
  }

  shown(open: boolean, focus: boolean): void {
    this.open.value = open;
    this.reader.tell({ type: "open", open });
    void this.live.presence.changed();
    if (open && focus) this.focus.value++;
  }

  life(gesture: boolean): void {
    this.reader.tell({ type: "life", gesture });
  }

  visibility(): void {
    this.visible.value = document.visibilityState === "visible";
    this.reader.tell({ type: "visible", visible: this.visible.value });
    void this.live.presence.changed();
    if (this.visible.value) this.hope(Math.abs(Date.now() - this.hiddenAt) > LONG_HIDDEN);
    else this.hiddenAt = Date.now();
  }

  /** hope tries everything that waits. With fresh, the connection is made anew. */
  hope(fresh = false): void {
    this.network.value = navigator.onLine;
    this.live.nudge(fresh);
    this.waiter.wake();
    this.outbox.flush();
  }

  /** leave and comeBack are the page's goodbye, and its return from the browser's memory. */
  leave(): void {
    this.live.presence.leave();
    this.live.stop();
  }

  comeBack(): void {
    this.live.presence.back();
    if (this.token() && this.identity.open()) this.live.start();
    this.hope();
    this.visibility();
  }

  /** resume shows the newest conversation of the session in use, or the wanted one; null wants a new one. */
  async resume(want?: string | null): Promise<void> {
    if (!this.identity.open()) return;
    const mine = this.loader.begin();
    const key = this.sessions.key.peek();
    this.wanted = want;
    this.live.stop();
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
    const newest = newestOf(this.threads.issues.peek(), this.settings.peek().initiateOnLoad);
    this.show(want === undefined ? (key.issue ?? newest) : want);
    this.live.start();
  }

  /** tryNow begins the loading anew. */
  tryNow(): void {
    if (this.identity.open()) void this.resume(this.threads.shown.peek() ?? this.wanted);
    else this.waiter.wake();
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
    if (!this.identity.open()) return;
    this.notice.value = null;
    this.starter.anew();
    if (this.sessions.use.peek() === "link") {
      await this.sessions.switchTo("own"); // a link's key opens one conversation and begins none
      await this.resume(null);
    } else this.show(null);
    this.focus.value++;
  }

  async switchTo(which: Which): Promise<void> {
    if (!this.identity.open()) return;
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
    if (token === this.sessions.key.peek()?.token && this.identity.open()) this.take(update);
  }

  /** begins is called when a first message has arrived: the session lives, and its conversation is shown. */
  begins(update: Update): void {
    this.starter.begun();
    if (this.threads.shown.peek() === null) {
      this.threads.draft(update.issue.id, this.threads.drafts.peek()[""] ?? "");
      this.threads.draft(null, "");
      this.show(update.issue.id, false);
    }
    this.live.start();
    void this.live.presence.changed();
  }

  /** ended is called when the server no longer takes a key. */
  ended(why: Refused, which = this.sessions.use.peek()): void {
    if (why.code === "unauthenticated") void keyEnded(this, which);
  }

  /** take applies what the server says about a conversation. */
  take(update: Update): void {
    const [before, after] = this.threads.take(update);
    const { issue, messages } = after;
    this.outbox.settle((update.messages ?? []).flatMap((m) => m.client_id ?? []));
    if (issue.id === this.threads.shown.peek()) this.reader.tell({ type: "told", seq: issue.read_seq });
    if (messages !== before?.messages && update.messages?.some(isOutbound)) this.typing.clear();
    for (const event of before ? changesOf(before.issue, issue) : []) {
      if (event === "conversationEnd") this.over(issue.id);
      this.host.event(event);
    }
    if (messages.length > 0 || issue.id === this.threads.shown.peek()) void this.loader.fill(after);
  }
}
