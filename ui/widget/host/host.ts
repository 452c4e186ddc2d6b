import type { Call, PageInfo } from "../../shared/bridge";

/** Opening is what the host knows when the panel begins. */
export interface Opening {
  /** What this browser has kept for this platform; null if it refuses to keep things. */
  stored: Record<string, string> | null;
  /** The page's configuration, as it is. */
  config: unknown;
  /** The commands that the page has given already. */
  calls: Call[];
  /** What a panel before this one has handed over by reload. */
  held?: unknown;
}

/** Listener hears the host. */
export interface HostListener {
  /** Once at the beginning, and again if the page comes back after it has slept. */
  opening(o: Opening): void;
  /** Shown: the panel was opened or closed. With focus, the person expects to type. */
  shown(open: boolean, focus: boolean): void;
  /** Somebody is there; see shared/bridge.ts. */
  life(gesture: boolean): void;
  /** The page has changed its configuration, or nothing of it. */
  configure(config: unknown): void;
  /** A command of the page. */
  command(call: Call): void;
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
  /** reload loads the panel anew, in the language that the page's configuration names now; held is given to the new one. */
  reload(held: unknown): void;
}
