import type { Attachment } from "../../shared/agent";
import { ApiError, aborted, textOf } from "../session/api";

/** How many files a message has at most; the same as rejoin.MaxAttachments. */
export const mostFiles = 10;

/** The largest file, in bytes, that is worth trying; the server has the last word. */
export const maxFile = 25 << 20;

/** Upload is a file on its way into the answer that is being written. */
export interface Upload {
  clientId: string;
  name: string;
  size: number;
  /** What has left, 0 to 1. */
  share: number;
  state: "uploading" | "done" | "failed";
  error: string;
  /** Whether trying again may help. */
  again: boolean;
  file: File;
  attachment?: Attachment;
}

export interface UploadsOptions {
  /** Sends one file, which may have arrived before. It rejects with an ApiError, or an AbortError. */
  send: (upload: Upload, progress: (share: number) => void, signal: AbortSignal) => Promise<Attachment>;
  newId: () => string;
}

const none: Upload[] = [];

/**
 * Uploads holds the files of the answers that an agent is writing, by conversation: they go on while another conversation is
 * open. Lists are replaced and never changed, so that they can be compared.
 */
export class Uploads {
  private readonly lists = new Map<string, Upload[]>();
  private readonly requests = new Map<string, AbortController>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: UploadsOptions) {}

  /** of is what belongs to the answer in one conversation, in the order in which it was added. */
  of(issue: string): Upload[] {
    return this.lists.get(issue) ?? none;
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** add begins to upload files. It returns how many did not fit. */
  add(issue: string, files: File[]): number {
    const room = Math.max(0, mostFiles - this.of(issue).length);
    for (const file of files.slice(0, room)) {
      const error = problemOf(file);
      const upload: Upload = {
        clientId: this.options.newId(),
        name: file.name || "file",
        size: file.size,
        share: 0,
        state: error ? "failed" : "uploading",
        error,
        again: false,
        file,
      };
      this.set(issue, [...this.of(issue), upload]);
      if (!error) void this.send(issue, upload);
    }
    return Math.max(0, files.length - room);
  }

  /** retry sends a file once more, under the same id: if it had arrived, nothing happens twice. */
  retry(issue: string, clientId: string) {
    const upload = this.of(issue).find((u) => u.clientId === clientId);
    if (upload?.state !== "failed") return;
    const again: Upload = { ...upload, state: "uploading", error: "", share: 0 };
    this.put(issue, again);
    void this.send(issue, again);
  }

  remove(issue: string, clientId: string) {
    this.requests.get(clientId)?.abort();
    this.set(
      issue,
      this.of(issue).filter((u) => u.clientId !== clientId),
    );
  }

  /** take hands over what has arrived, for a message; what has not stays for the next one. */
  take(issue: string): Attachment[] {
    const list = this.of(issue);
    this.set(
      issue,
      list.filter((u) => u.state !== "done"),
    );
    return list.flatMap((u) => (u.state === "done" && u.attachment ? [u.attachment] : []));
  }

  /** stop gives up whatever is under way. */
  stop() {
    for (const request of this.requests.values()) request.abort();
  }

  private async send(issue: string, upload: Upload) {
    const request = new AbortController();
    this.requests.set(upload.clientId, request);
    const change = (part: Partial<Upload>) => {
      const held = this.of(issue).find((u) => u.clientId === upload.clientId);
      if (held) this.put(issue, { ...held, ...part });
    };
    try {
      const attachment = await this.options.send(upload, (share) => change({ share }), request.signal);
      change({ state: "done", share: 1, attachment });
    } catch (err) {
      const again = !(err instanceof ApiError && err.code === "invalid"); // it would be refused for the same reason
      if (!aborted(err)) change({ state: "failed", error: textOf(err), again });
    } finally {
      this.requests.delete(upload.clientId);
    }
  }

  private put(issue: string, upload: Upload) {
    this.set(
      issue,
      this.of(issue).map((u) => (u.clientId === upload.clientId ? upload : u)),
    );
  }

  private set(issue: string, list: Upload[]) {
    if (list.length > 0) this.lists.set(issue, list);
    else this.lists.delete(issue);
    for (const listener of this.listeners) listener();
  }
}

function problemOf(file: File): string {
  if (file.size === 0) return "This file is empty.";
  if (file.size > maxFile) return `This file is too large: at most ${sizeWords(maxFile)} fit.`;
  return "";
}

const units = ["bytes", "KB", "MB", "GB"];

/** sizeWords is a size for people, such as "1.2 MB". */
export function sizeWords(bytes: number): string {
  let n = bytes;
  let unit = 0;
  while (n >= 1000 && unit < units.length - 1) {
    n /= 1024;
    unit++;
  }
  const text = n >= 10 || unit === 0 ? Math.round(n).toString() : n.toFixed(1).replace(/\.0$/, "");
  return `${text} ${bytes === 1 ? "byte" : units[unit]}`;
}
