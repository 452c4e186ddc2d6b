// Another language is another panel: this one gives way to it, and hands over what is only in memory.

import { effect, signal } from "@preact/signals";
import type { Told } from "./before";
import type { Chat } from "./chat";
import type { FieldSetting } from "./fields";
import type { Started } from "./starter";

/** Held is what one panel hands to the next. */
interface Held {
  drafts: Readonly<Record<string, string>>;
  fields: FieldSetting;
  started: Started;
  told: Told;
  /** What the browser refuses to keep, or null. */
  memory: Record<string, string> | null;
}

export class Successor {
  private readonly due = signal(false);
  private spoken = new URLSearchParams(location.search).get("language");
  private inherited = false;

  constructor(private readonly chat: Chat) {
    effect(() => {
      const { threads, open, memory } = chat;
      const typing = open.value && threads.drafts.value[threads.shown.value ?? ""]?.trim();
      if (!this.due.value || typing) return;
      const held: Held = {
        drafts: threads.drafts.peek(),
        fields: chat.fieldSetting,
        started: chat.starter.state,
        told: chat.before.told.peek(),
        memory: memory.durable.peek() ? null : memory.all(),
      };
      chat.host.reload(held);
    });
  }

  /** take takes what the panel before has handed over. */
  take(held: unknown): void {
    if (!held) return;
    const { drafts, fields, started, told, memory } = held as Held;
    this.inherited = true;
    this.chat.threads.drafts.value = drafts;
    this.chat.fieldSetting = fields;
    this.chat.starter.state = started;
    this.chat.before.told.value = told;
    if (memory) this.chat.memory.inherit(memory);
  }

  /** speak asks for a successor if the page wants another language than this panel was loaded in, as soon as nobody is typing. */
  speak(language: string): void {
    if (this.chat.page.hosted) return;
    if (this.inherited) this.spoken = language; // it is what we were loaded for
    this.inherited = false;
    this.due.value = language !== this.spoken;
  }
}
