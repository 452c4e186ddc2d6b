import type { Host } from "../host/host";

/** Mistake is what the page has got wrong, as onWebChatRuntimeError tells it. */
export interface Mistake {
  error: string;
  reason?: string;
  details?: unknown;
}

/** Mistakes tells the page each of its mistakes once. */
export class Mistakes {
  private readonly told = new Set<string>();

  constructor(private readonly host: Pick<Host, "event">) {}

  tell(mistakes: readonly Mistake[]): void {
    for (const m of mistakes) {
      const text = JSON.stringify(m);
      if (!this.told.has(text)) this.host.event("onWebChatRuntimeError", m);
      this.told.add(text);
    }
  }
}
