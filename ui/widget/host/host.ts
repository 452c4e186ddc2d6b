import type { PageInfo } from "../../shared/bridge";

/** Opening is what the host knows when the panel begins. */
export interface Opening {
  /** What this browser has kept for this platform. */
  stored: Record<string, string>;
  durable: boolean;
  /** Token of a return link, or "". */
  arrival: string;
  dir: string;
}

/** Listener hears the host. */
export interface HostListener {
  /** Once at the beginning, and again if a return link is opened later on the same page, or the page comes back after it has slept. */
  opening(o: Opening): void;
  /** Shown: the panel was opened or closed. With focus, the person expects to type. */
  shown(open: boolean, focus: boolean): void;
  /** Somebody is there; see shared/bridge.ts. */
  life(gesture: boolean): void;
}

/** Host is the page around the panel: another site's page, or our own. */
export interface Host {
  /** listen begins the talk; the opening follows. */
  listen(to: HostListener): void;
  /** keep stores a value, or drops it if null, and tells whether it will last. */
  keep(key: string, value: string | null): Promise<boolean>;
  page(): PageInfo;
  open(): void;
  close(focus: boolean): void;
  event(name: string, data?: unknown): void;
}
