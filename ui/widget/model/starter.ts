// The first message that the page wants sent on the person's behalf.

import { effect } from "@preact/signals";
import type { Chat } from "./chat";
import type { Settings } from "./config";
import { send } from "./mail";

/** Started is what has happened on this page. */
export interface Started {
  /** What the command setInitialUserMessage has said; it comes before the configuration's. */
  said?: string;
  /** This new conversation has had its turn. */
  spent: boolean;
  /** A conversation has begun on this page already. */
  later: boolean;
}

/** messageFor returns what a new conversation begins with; "" for nothing. */
export function messageFor({ said, spent, later }: Started, s: Settings): string {
  if (spent) return "";
  return (later ? s.laterMessage : undefined) ?? said ?? s.initialMessage;
}

/** Starter waits until the person goes for a new conversation: a page that is only loaded sends nothing. */
export class Starter {
  state: Started = { spent: false, later: false };

  constructor(private readonly chat: Chat) {
    effect(() => this.look());
  }

  say(text: string): void {
    this.state.said = text;
    this.look();
  }

  /** anew is called when another new conversation is wanted. */
  anew(): void {
    this.state.spent = false;
  }

  begun(): void {
    this.state.later = true;
  }

  private look(): void {
    const { open, phase, notice, threads, sessions, settings, outbox, hours } = this.chat;
    const here = !hours.closed.value && open.value && phase.value === "ready" && notice.value === null;
    const fresh = threads.shown.value === null && sessions.use.value === "own";
    const { prefill } = settings.value;
    const text = messageFor(this.state, settings.value);
    if (!here || !fresh || !text || !this.chat.identity.open()) return;
    const draft = threads.drafts.peek()[""] ?? "";
    const begins = outbox.entries.peek().some((e) => e.as === "own" && e.issue === null);
    if (begins || (draft !== "" && draft !== prefill)) return;
    this.state.spent = true;
    queueMicrotask(() => void send(this.chat, text));
  }
}
