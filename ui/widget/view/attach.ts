import { signal } from "@preact/signals";
import type { Attachment } from "../../shared/chat";
import type { Chat } from "../model/chat";
import type { Files } from "../model/files";
import { send } from "../model/mail";
import type { Part } from "../model/part";
import type { Attaching } from "./attaching";

/** Attach is the way to files for views that do not need any yet. */
export class Attach {
  /** The files on their way; null until somebody has chosen some. */
  readonly files = signal<Files | null>(null);
  private begun = false; // files were chosen: what is sent before their part is loaded waits for them

  constructor(
    private readonly chat: Chat,
    readonly part: Part<Attaching>,
  ) {}

  /** allowed reports whether files may be sent in the shown conversation. */
  allowed(): boolean {
    const { settings, threads } = this.chat;
    return !settings.value.fullPrivacy && !threads.thread.value?.issue.full_privacy;
  }

  async add(list: readonly File[]): Promise<void> {
    const issue = this.chat.threads.shown.peek();
    if (this.allowed()) (await this.begin()).add(list, issue);
  }

  /** restore puts files that the server has already back into the shown conversation's tray. */
  async restore(list: readonly Attachment[]): Promise<void> {
    if (list.length > 0) (await this.begin()).restore(list);
  }

  /** post sends what is written in the shown conversation with its files; it waits for them. */
  post(): void {
    const { threads } = this.chat;
    if (this.begun) {
      void this.begin().then((files) => files.post());
      return;
    }
    const issue = threads.shown.peek();
    const body = (threads.drafts.peek()[issue ?? ""] ?? "").trim();
    threads.draft(issue, "");
    if (body) void send(this.chat, body);
  }

  private async begin(): Promise<Files> {
    this.begun = true;
    const { Files } = await this.part.want();
    this.files.value ??= new Files(this.chat);
    return this.files.value;
  }
}
