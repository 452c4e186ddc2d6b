// Uploading one file. fetch cannot tell how far it is, so this is an XMLHttpRequest.

import type { Attachment, Failure } from "../../shared/chat";
import { Later, Refused } from "./http";

/** UploadRequest is one file on its way. A repeat with the same client_id returns the first result. */
export interface UploadRequest {
  platform: string;
  client_id: string;
  file: File;
  token: string;
  signal: AbortSignal;
  /** How much of it has left this browser, from 0 to 1. */
  progress(part: number): void;
}

const STALLS_AFTER = 60_000; // nothing moved for so long: try again

/** upload sends a file. It throws Refused or Later, nothing else; Later too if the signal has ended it. */
export function upload(request: UploadRequest): Promise<Attachment> {
  const { platform, client_id, file, token, signal, progress } = request;
  const query = new URLSearchParams({ platform, name: file.name, client_id });
  const http = new XMLHttpRequest();
  return new Promise<Attachment>((done, failed) => {
    let patience: ReturnType<typeof setTimeout>;
    const moves = () => {
      clearTimeout(patience);
      patience = setTimeout(() => http.abort(), STALLS_AFTER);
    };
    http.open("POST", `/chat/v1/attachments?${query}`);
    http.setRequestHeader("Authorization", `Bearer ${token}`);
    http.upload.onprogress = (e) => {
      moves();
      progress(e.total > 0 ? e.loaded / e.total : 0);
    };
    http.onloadend = () => {
      clearTimeout(patience);
      const answer = answerOf(http);
      if (answer instanceof Error) failed(answer);
      else done(answer);
    };
    signal.addEventListener("abort", () => http.abort(), { once: true });
    moves();
    http.send(file);
  });
}

/** answerOf reads what a request has come to. A status of 0 means that nothing has answered. */
function answerOf(http: XMLHttpRequest): Attachment | Error {
  const { status, responseText } = http;
  const body = parsed(responseText);
  if (status >= 200 && status < 300 && body) return body as Attachment;
  if (status >= 400 && status < 500 && status !== 429 && status !== 408) {
    const f = (body ?? {}) as Partial<Failure>;
    return new Refused(status, f.code ?? "", f.error ?? "", f.field ?? "");
  }
  return new Later(1000 * (Number(http.getResponseHeader("Retry-After")) || 0));
}

function parsed(text: string): object | null {
  try {
    const value = JSON.parse(text);
    return Object(value) === value ? value : null;
  } catch {
    return null; // something between us and the server answered
  }
}
