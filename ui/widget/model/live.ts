// The live line of the chat: what is said on it, and what is heard.

import type { Frame, Update } from "../../shared/chat";
import { Line, type LineState } from "../../shared/connection";
import { api, mark } from "../net/api";
import { Refused } from "../net/http";
import type { Chat } from "./chat";
import { Presence } from "./presence";

export class Live {
  readonly presence: Presence;
  private readonly tab = mark();
  private readonly line: Line<Frame>;

  constructor(private readonly chat: Chat) {
    this.presence = new Presence(
      this.tab,
      () => chat.token(),
      () => this.state(),
      api.presence,
    );
    this.line = new Line<Frame>({
      url: `${location.origin.replace(/^http/, "ws")}/chat/v1/socket`,
      hello: () => {
        this.presence.assume();
        return { type: "hello", token: chat.token(), ...this.where() };
      },
      frame: (f) => this.hear(f),
      state: (s) => this.changed(s),
      poll: (signal) => this.poll(signal),
    });
  }

  start(): void {
    this.line.start();
  }

  stop(): void {
    this.line.stop();
  }

  /** nudge tries at once if the line waits; fresh replaces one that seems to work. */
  nudge(fresh: boolean): void {
    this.line.nudge(fresh);
  }

  /** hear takes a frame of the server, also one that another tab has heard. */
  hear(f: Frame): void {
    const { chat } = this;
    if (f.type === "welcome") for (const u of f.updates ?? []) chat.take(u);
    else if (f.type === "update" && f.issue) chat.take(f as Update);
    else if (f.type === "typing") chat.typing.show(f.issue_id ?? "", f.name ?? "");
    else if (f.type === "error") chat.ended(new Refused(0, f.code ?? "", f.text ?? "", ""));
  }

  private where() {
    return { tab: this.tab, state: this.state(), cursors: this.chat.threads.cursors() };
  }

  private state(): string {
    if (!this.chat.visible.peek()) return "tab_hidden";
    return this.chat.open.peek() ? "active" : "panel_closed";
  }

  private async poll(signal: AbortSignal): Promise<Frame[]> {
    try {
      return (await api.poll(this.chat.token(), this.where(), signal)).frames;
    } catch (e) {
      if (e instanceof Refused && !signal.aborted) this.chat.ended(e);
      throw e;
    }
  }

  private changed(state: LineState): void {
    const { chat } = this;
    chat.line.value = state;
    if (state !== "online") return;
    chat.waiter.wake();
    chat.reader.retry();
    chat.outbox.flush();
    void this.presence.changed();
  }
}
