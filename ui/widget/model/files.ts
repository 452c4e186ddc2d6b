// Files that are on their way into a message. An upload begins at once and is repeated until the server has the file or refuses
// it; whoever sends before that waits for it.

import { effect, signal } from "@preact/signals";
import { Backoff } from "../../shared/backoff";
import type { Attachment } from "../../shared/chat";
import { mark } from "../net/api";
import { Later, Refused } from "../net/http";
import { type UploadRequest, upload } from "../net/upload";
import { fileAsked } from "./asked";
import type { Chat } from "./chat";
import { send } from "./mail";
import type { Which } from "./sessions";

/** MOST is how many files a message takes. */
export const MOST = 10;

const AT_ONCE = 3;

/** Upload is one file in the tray. */
export interface Upload {
  client_id: string;
  /** The conversation that it is for; null is the new one. */
  issue: string | null;
  /** Which key it is uploaded with, and later sent. */
  as: Which;
  name: string;
  size: number;
  type: string;
  /** Queued: others go first. Waiting: the server cannot be reached. */
  state: "queued" | "uploading" | "waiting" | "ready" | "failed";
  /** From 0 to 1. */
  progress: number;
  /** Shows a picture before the server can; "" for other files. */
  thumb: string;
  /** Ready: what the server made of it, and the token that it was uploaded with. */
  attachment?: Attachment;
  token?: string;
  /** Failed: what the server said. */
  why?: Refused;
}

/** Fault is why a file was not taken into the tray. */
export interface Fault {
  kind: "size" | "empty" | "many";
  name: string;
}

type Put = (request: UploadRequest) => Promise<Attachment>;

interface Work {
  file: File;
  stop: AbortController;
}

export class Files {
  readonly uploads = signal<readonly Upload[]>([]);
  /** What the last choice of files has come to, as far as it was refused. */
  readonly faults = signal<readonly Fault[]>([]);
  /** The conversations whose message is sent as soon as its files are there. */
  readonly held = signal<readonly (string | null)[]>([]);
  /** The newest upload that has ended, for those who listen. */
  readonly news = signal<Upload | null>(null);
  private readonly work = new Map<string, Work>();

  constructor(
    private readonly chat: Chat,
    private readonly put: Put = upload,
  ) {
    this.followNames();
    this.followPerson();
  }

  /** of returns the tray of a conversation. */
  of(issue: string | null): readonly Upload[] {
    return this.uploads.value.filter((u) => u.issue === issue);
  }

  /** add takes files into a conversation's tray, as many as fit. */
  add(files: readonly File[], issue: string | null): void {
    const { sessions, page } = this.chat;
    let room = MOST - this.of(issue).length;
    const faults: Fault[] = [];
    const taken: Upload[] = [];
    for (const file of files) {
      const { name, size, type } = file;
      if (size === 0) faults.push({ kind: "empty", name });
      else if (page.max_file && size > page.max_file) faults.push({ kind: "size", name });
      else if (room-- <= 0) {
        faults.push({ kind: "many", name });
        break;
      } else {
        const client_id = mark();
        const thumb = type.startsWith("image/") ? URL.createObjectURL(file) : "";
        const as = sessions.use.peek();
        taken.push({ client_id, issue, as, name, size, type, thumb, state: "queued", progress: 0 });
        this.work.set(client_id, { file, stop: new AbortController() });
      }
    }
    this.faults.value = faults;
    this.uploads.value = [...this.uploads.peek(), ...taken];
    this.pump();
  }

  /** restore puts files that the server has already back into the shown conversation's tray. */
  restore(attachments: readonly Attachment[]): void {
    const { sessions, threads } = this.chat;
    const as = sessions.use.peek();
    const back = attachments.map((attachment): Upload => {
      const { id, name, size, type, preview_url: thumb = "" } = attachment;
      const issue = threads.shown.peek();
      return { client_id: id, issue, as, name, size, type, thumb, state: "ready", progress: 1, attachment };
    });
    this.uploads.value = [...this.uploads.peek(), ...back];
  }

  remove(id: string): void {
    this.drop((u) => u.client_id === id);
    this.release();
    this.pump();
  }

  retry(id: string): void {
    this.change(id, { state: "queued", progress: 0, why: undefined });
    this.pump();
  }

  forgive(): void {
    if (this.faults.peek().length > 0) this.faults.value = [];
  }

  /** post sends what is written in the shown conversation together with its files, or holds it until they are there. */
  post(): void {
    const issue = this.chat.threads.shown.peek();
    this.forgive();
    this.again(issue);
    if (!this.held.peek().includes(issue)) this.held.value = [...this.held.peek(), issue];
    this.release();
  }

  /** unhold takes a held message back: it is being changed. */
  unhold(issue: string | null): void {
    if (this.held.peek().includes(issue)) this.held.value = this.held.peek().filter((i) => i !== issue);
  }

  /** release sends the held messages whose files are there. Of one with a failed file the person decides. */
  private release(): void {
    for (const issue of this.held.peek()) {
      const files = this.of(issue);
      if (files.some((u) => u.state === "failed")) this.unhold(issue);
      else if (files.every((u) => u.state === "ready")) {
        this.unhold(issue);
        this.go(issue, files);
      }
    }
  }

  private go(issue: string | null, files: readonly Upload[]): void {
    const { threads, outbox } = this.chat;
    const body = (threads.drafts.peek()[issue ?? ""] ?? "").trim();
    const attachments = files.flatMap((u) => u.attachment ?? []);
    if (!body && attachments.length === 0) return;
    threads.draft(issue, "");
    this.drop((u) => files.includes(u));
    this.news.value = null;
    const sent = attachments.length > 0 ? attachments : undefined;
    const answers = sent && fileAsked(threads.thread.peek());
    if (issue === threads.shown.peek()) void send(this.chat, body, { files: sent, answers });
    else {
      const as = files[0]?.as ?? "own";
      void outbox.add({ client_id: mark(), at: Date.now(), body, as, issue, files: sent });
    }
  }

  /** again uploads anew what another key has uploaded: a message takes only its sender's own files. */
  private again(issue: string | null): void {
    for (const u of this.of(issue)) {
      const token = this.chat.sessions.of(u.as)?.token;
      if (u.state === "ready" && u.token && u.token !== token)
        this.change(u.client_id, { state: "queued", progress: 0, attachment: undefined });
    }
    this.pump();
  }

  /** pump begins what is queued, a few at a time. */
  private pump(): void {
    for (const u of this.uploads.peek()) {
      const busy = this.uploads.peek().filter((u) => u.state === "uploading" || u.state === "waiting");
      if (busy.length >= AT_ONCE) return;
      if (u.state === "queued") void this.run(u.client_id, u.as);
    }
  }

  private async run(id: string, as: Which): Promise<void> {
    const { chat } = this;
    const backoff = new Backoff(1000);
    for (let work = this.work.get(id); work; work = this.work.get(id)) {
      this.change(id, { state: "uploading", progress: 0 });
      const { file, stop } = work;
      const platform = chat.page.platform_id;
      const token = chat.sessions.of(as)?.token ?? (await chat.sessions.own());
      const progress = (part: number) => this.change(id, { progress: part });
      try {
        const signal = stop.signal;
        const attachment = await this.put({ platform, client_id: id, file, token, signal, progress });
        this.end(id, { state: "ready", progress: 1, attachment, token });
        return;
      } catch (e) {
        if (e instanceof Refused) {
          if (chat.sessions.of(as)?.token === token) chat.ended(e, as);
          this.end(id, { state: "failed", why: e });
          return;
        }
        this.change(id, { state: "waiting", progress: 0 });
        await chat.waiter.sleep(Math.max(e instanceof Later ? e.retryAfter : 0, backoff.next()));
      }
    }
  }

  private end(id: string, to: Partial<Upload>): void {
    this.change(id, to);
    this.news.value = this.uploads.peek().find((u) => u.client_id === id) ?? this.news.peek();
    this.release();
    this.pump();
  }

  private change(id: string, to: Partial<Upload>): void {
    this.uploads.value = this.uploads.peek().map((u) => (u.client_id === id ? { ...u, ...to } : u));
  }

  private drop(which: (u: Upload) => boolean): void {
    for (const u of this.uploads.peek().filter(which)) {
      this.work.get(u.client_id)?.stop.abort();
      this.work.delete(u.client_id);
      if (u.thumb.startsWith("blob:")) URL.revokeObjectURL(u.thumb);
    }
    this.uploads.value = this.uploads.peek().filter((u) => !which(u));
  }

  /** followNames lets the tray of a new conversation go on in the one that its first message has made. */
  private followNames(): void {
    let last: { shown: string | null; turn: number } | null = null;
    effect(() => {
      const { shown, turn } = this.chat.threads;
      const now = { shown: shown.value, turn: turn.value };
      if (last && last.shown === null && last.turn === now.turn && now.shown !== null) {
        const name = (issue: string | null) => issue ?? now.shown;
        this.uploads.value = this.uploads.peek().map((u) => ({ ...u, issue: name(u.issue) }));
        this.held.value = this.held.peek().map(name);
      }
      last = now;
    });
  }

  /** followPerson empties the tray when this browser's key goes: the next person must not find it. */
  private followPerson(): void {
    let last: string | undefined;
    effect(() => {
      const token = this.chat.sessions.of("own")?.token;
      if (last && last !== token) {
        this.drop(() => true);
        this.held.value = [];
        this.faults.value = [];
      }
      last = token;
    });
  }
}
