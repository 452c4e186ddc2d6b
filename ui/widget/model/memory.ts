// What this browser keeps, as the panel sees it: a copy of the host's storage that all tabs of the site keep equal.

import { signal } from "@preact/signals";
import type { Host } from "../host/host";

/** TabNews is what tabs tell each other. */
export type TabNews =
  | { kind: "kept"; key: string; value: string | null }
  /** Something the server said to one tab; whose is the session it was said to. */
  | { kind: "frame"; whose: string; frame: unknown }
  /** A gesture was made in one of them: the visit is confirmed. */
  | { kind: "returned" };

/** Memory reads at once and writes through the host. */
export class Memory {
  /** False once the browser refused to keep something. */
  readonly durable = signal(true);
  private values: Record<string, string> = {};
  /** What was given to the host, which may not have it yet. */
  private readonly unsaved = new Map<string, string | null>();
  private channel: BroadcastChannel | null = null;
  /** Called for news of other tabs, after kept values are in place. */
  heard: (news: TabNews) => void = () => {};

  constructor(private readonly host: Host) {}

  /** begin takes what the host has, null if it keeps nothing. Tabs of the same site share the channel, and only they share the storage. */
  begin(stored: Record<string, string> | null, channel: string): void {
    this.renew(stored);
    try {
      this.channel = new BroadcastChannel(channel);
    } catch {
      return; // this browser has none, or denies it here: tabs do not hear of each other
    }
    this.channel.onmessage = (e: MessageEvent<TabNews>) => {
      if (e.data.kind === "kept") this.put(e.data.key, e.data.value);
      this.heard(e.data);
    };
  }

  /** renew takes what the host has now: the copy of a page that has slept is old. */
  renew(stored: Record<string, string> | null): void {
    if (stored && this.durable.peek()) this.values = { ...stored };
    else this.values = { ...stored, ...this.values }; // what the browser does not keep is only here
    for (const [key, text] of this.unsaved) this.put(key, text);
    this.lasts(stored !== null && this.durable.peek());
  }

  /** inherit takes what the panel before this one held in memory only. */
  inherit(values: Record<string, string>): void {
    this.durable.value = false;
    this.values = { ...this.values, ...values };
  }

  /** all is everything, for a panel that takes the place of this one. */
  all(): Record<string, string> {
    return this.values;
  }

  get<T>(key: string): T | null {
    try {
      return JSON.parse(this.values[key] ?? "null") as T | null;
    } catch {
      return null; // somebody else's value under our name
    }
  }

  keys(prefix: string): string[] {
    return Object.keys(this.values).filter((k) => k.startsWith(prefix));
  }

  /** set returns once the value is kept, as well as this browser can. */
  async set(key: string, value: unknown): Promise<void> {
    const text = value === null ? null : JSON.stringify(value);
    this.put(key, text);
    this.tell({ kind: "kept", key, value: text });
    this.unsaved.set(key, text);
    this.lasts(await this.host.keep(key, text));
    if (this.unsaved.get(key) === text) this.unsaved.delete(key);
  }

  tell(news: TabNews): void {
    this.channel?.postMessage(news);
  }

  private lasts(durable: boolean): void {
    if (this.durable.peek() && !durable)
      this.host.event("onWebChatRuntimeError", {
        error: "NOT_STORED",
        reason: "This browser keeps nothing for the page: localStorage is denied or full.",
      });
    this.durable.value = durable;
  }

  private put(key: string, text: string | null): void {
    if (text === null) delete this.values[key];
    else this.values[key] = text;
  }
}
