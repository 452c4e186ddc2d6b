// What the Identity Bot asks before the first message. Nothing of it is kept before that message is: it goes along with it.

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Chat } from "./chat";

/** Question is what is asked for. */
export type Question = "name" | "email";

/** Told is what somebody has said, or would not say. */
export interface Told {
  name?: string;
  email?: string;
  skipped?: Question[];
}

const nothing: Told = {};

/** nextOf returns the first question that has no answer yet. */
export function nextOf(questions: readonly Question[], told: Told): Question | undefined {
  return questions.find((q) => told[q] === undefined && !told.skipped?.includes(q));
}

export class Before {
  readonly told = signal(nothing);
  /** The questions, in order; none if this page asks nothing before the first message. */
  readonly questions: readonly Question[];
  /** A first message is to be written by somebody of whom nothing is known. */
  readonly due: ReadonlySignal<boolean>;
  private turn = -1; // of the conversation that has begun with the answers

  constructor(private readonly chat: Chat) {
    const { identity } = chat.page;
    const all: Question[] = ["name", "email"];
    this.questions = all.filter((q) => identity?.when === "before" && identity[q]);
    this.due = computed(() => {
      const { threads, sessions, outbox, settings } = chat;
      const nobody = chat.identity.stage.value === "anonymous" && !sessions.of("own")?.live;
      const fresh = threads.shown.value === null && sessions.use.value === "own";
      const begins = outbox.entries.value.some((e) => e.as === "own" && !e.issue);
      return this.questions.length > 0 && nobody && fresh && !begins && !settings.value.fullPrivacy;
    });
  }

  /** seen reports whether the questions, or what was answered, stand above the shown conversation. */
  seen(): boolean {
    return this.due.value || (this.told.value !== nothing && this.chat.threads.turn.value === this.turn);
  }

  answer(question: Question, text: string): void {
    this.told.value = { ...this.told.peek(), [question]: text };
  }

  skip(question: Question): void {
    const told = this.told.peek();
    this.told.value = { ...told, skipped: [...(told.skipped ?? []), question] };
  }

  /** give returns what goes along with a message that begins a conversation now. */
  give(): Told | undefined {
    if (!this.due.peek()) return undefined;
    this.turn = this.chat.threads.turn.peek();
    return this.told.peek();
  }

  /** forget is called when the person goes, or when the server does not take what was said. */
  forget(): void {
    this.told.value = nothing;
  }
}
