// Which keys this browser holds, and which of them is in use.

import { computed, signal } from "@preact/signals";
import { secret } from "../net/api";
import type { Memory } from "./memory";

/** Which says whose key is in use: this browser's own, or the one that came by a return link and opens one conversation. */
export type Which = "own" | "link";

/** Key is a session token. Live: the server knows it; before the first message has arrived it does not. */
export interface Key {
  token: string;
  live: boolean;
  /** The host site has named the person. Who is the server's mark of them, "" if it is not known. */
  login?: boolean;
  who?: string;
  /** Whom the page named when the key was made: see markOf. */
  mark?: string;
  /** The conversation that a link's key opens. */
  issue?: string;
}

interface Held {
  own?: Key;
  link?: Key;
  use: Which;
}

export class Sessions {
  /** For the keys that are made; "" while nobody is named. */
  mark = "";
  private readonly held = signal<Held>({ use: "own" });
  readonly use = computed(() => this.held.value.use);
  readonly key = computed(() => this.held.value[this.held.value.use]);
  /** The other conversation's key, if the browser holds both. */
  readonly other = computed<Which | null>(() => {
    const { own, link, use } = this.held.value;
    const to = use === "own" ? "link" : "own";
    return (to === "own" ? own : link)?.live ? to : null;
  });

  constructor(private readonly memory: Pick<Memory, "get" | "set">) {}

  /** load reads what is kept, also after another tab has changed it, and reports whether another key is in use now. */
  load(): boolean {
    const before = this.key.peek();
    this.held.value = this.memory.get<Held>("sessions") ?? { use: "own" };
    const after = this.key.peek();
    return before?.token !== after?.token || before?.live !== after?.live || before?.who !== after?.who;
  }

  of(which: Which): Key | undefined {
    return this.held.value[which];
  }

  /** own returns this browser's own token and makes it at the first message. It is kept before it is returned. */
  async own(): Promise<string> {
    const { own } = this.held.value;
    if (own) return own.token;
    const key: Key = { token: secret(), live: false, mark: this.mark || undefined };
    await this.change({ own: key });
    return key.token;
  }

  /** live notes that the server knows the key. With login, it has logged somebody in. */
  async live(which: Which, login: boolean): Promise<void> {
    const key = this.held.value[which];
    if (key && (!key.live || (login && !key.login)))
      await this.change({ [which]: { ...key, live: true, login: login || key.login } });
  }

  /** enter puts a key in place of all others, or none: somebody has logged in, and a link's key is for the anonymous. */
  async enter(own: Key | undefined): Promise<void> {
    await this.change({ own, link: undefined, use: "own" });
  }

  async takeLink(token: string, issue: string): Promise<void> {
    await this.change({ link: { token, issue, live: true }, use: "link" });
  }

  async switchTo(use: Which): Promise<void> {
    if (use !== this.held.value.use) await this.change({ use });
  }

  /** drop forgets a key that the server no longer takes. */
  async drop(which: Which): Promise<void> {
    const { use } = this.held.value;
    await this.change({ [which]: undefined, use: use === which ? "own" : use });
  }

  private async change(to: Partial<Held>): Promise<void> {
    this.held.value = { ...this.held.value, ...to };
    const { own, link } = this.held.value;
    await this.memory.set("sessions", own || link ? this.held.value : null);
  }
}
