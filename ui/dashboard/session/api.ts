/** A refusal of the server, or code "offline" when it could not be reached at all. Its message is for people. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly field = "",
  ) {
    super(message);
  }
}

const unreachable = "The server cannot be reached. Check your connection and try again.";

/** Api speaks with /agent/v1. Every method throws an ApiError, or an AbortError if the signal was used. */
export class Api {
  /** lost is called when the session has ended. */
  constructor(private readonly lost: () => void) {}

  get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return this.call<T>("GET", path, undefined, signal);
  }

  post<T>(path: string, body: unknown = {}, signal?: AbortSignal): Promise<T> {
    return this.call<T>("POST", path, body, signal);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.call<T>("PUT", path, body);
  }

  delete<T>(path: string): Promise<T> {
    return this.call<T>("DELETE", path);
  }

  /** upload posts a file's bytes. progress is told the share that has left, 0 to 1. */
  upload<T>(path: string, file: Blob, progress: (share: number) => void, signal: AbortSignal): Promise<T> {
    return send(`/agent/v1${path}`, file, progress, signal).then((a) => this.read<T>(path, a.status, a.text));
  }

  private async call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
    const { status, text } = await reach(method, path, body, signal);
    return this.read<T>(path, status, text);
  }

  private read<T>(path: string, status: number, text: string): T {
    const data = parse(text);
    if (status >= 200 && status < 300 && data) return data as T; // every answer of ours is an object
    const failure = failureOf(status, data);
    // With a field it is about what was typed, such as a password to prove who asks.
    if (status === 401 && !failure.field && path !== "/sign-in") this.lost();
    throw failure;
  }
}

async function reach(method: string, path: string, body: unknown, signal?: AbortSignal) {
  const limit = AbortSignal.timeout(20_000);
  try {
    const response = await fetch(`/agent/v1${path}`, {
      method,
      headers: body === undefined ? undefined : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    return { status: response.status, text: await response.text() };
  } catch {
    if (signal?.aborted) throw new DOMException("given up", "AbortError");
    throw new ApiError("offline", unreachable);
  }
}

/** send is fetch with progress, which only XMLHttpRequest tells. It waits as long as bytes go out. */
function send(url: string, file: Blob, progress: (share: number) => void, signal: AbortSignal) {
  return new Promise<{ status: number; text: string }>((done, failed) => {
    const request = new XMLHttpRequest();
    const offline = () => failed(new ApiError("offline", unreachable));
    request.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total);
    request.onload = () => done({ status: request.status, text: request.responseText });
    request.onerror = offline;
    request.onabort = () => failed(new DOMException("given up", "AbortError"));
    request.open("POST", url);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    if (signal.aborted) return request.onabort(new ProgressEvent("abort"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

/** parse returns the object that the server has sent, or null. */
function parse(text: string): object | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" ? data : null;
  } catch {
    return null;
  }
}

function failureOf(status: number, data: object | null): ApiError {
  const d: { error?: string; code?: string; field?: string } = data ?? {};
  if (d.error && d.code) return new ApiError(d.code, d.error, d.field);
  if (status === 502 || status === 503 || status === 504) return new ApiError("offline", unreachable);
  return new ApiError("internal", "Something went wrong on the server. Please try again.");
}

/** textOf is what to show for anything that was thrown. */
export function textOf(err: unknown): string {
  return err instanceof ApiError ? err.message : "Something went wrong. Please try again.";
}

/** aborted reports whether the request was given up on purpose. */
export function aborted(err: unknown): boolean {
  return err instanceof DOMException && err.name === "AbortError";
}
