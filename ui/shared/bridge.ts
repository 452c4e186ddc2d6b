// The words that a host page (the SDK) and the chat frame say to each other. Every message is an object with `rejoin: 1`, the
// version of this vocabulary. Both sides check who sent it: the SDK compares the window and our origin, the frame compares
// its parent and the origins that the app allows.

/** PageInfo is where the visitor is. It travels with every message from the page, because pages change without a load. */
export interface PageInfo {
  url: string;
  title: string;
  referrer: string;
}

/** Call is a command that the frame carries out; args[0] is its first argument. */
export interface Call {
  name: string;
  args: Record<string, unknown>;
}

/** ToFrame is what the page says. "shown" follows upon "hello". */
export type ToFrame =
  | {
      type: "hello";
      /** Everything stored under this platform's prefix, without the prefix; null if the browser refuses to keep things. */
      stored: Record<string, string> | null;
      /** rejoinConfig or helpshiftConfig: whatever of it can be copied. */
      config: unknown;
      /** The commands that have waited for the frame. */
      calls: Call[];
      /** What the frame that this one replaces has handed over. */
      held?: unknown;
    }
  /** The page has changed its configuration, or nothing of it. */
  | { type: "config"; config: unknown }
  | ({ type: "call" } & Call)
  /** The panel was opened or closed. With focus, the person did it and expects to type. */
  | { type: "shown"; open: boolean; focus: boolean }
  /** Somebody is there. A gesture is a press, a touch, a key or a turn of the wheel, as opposed to a passing pointer. */
  | { type: "life"; gesture: boolean }
  /** The answer to "store". */
  | { type: "stored"; id: number; durable: boolean };

/** FromPage is a ToFrame as it arrives. */
export type FromPage = ToFrame & { rejoin: 1; page: PageInfo };

/** ToPage is what the frame says. */
export type ToPage =
  /** The frame's program runs; the page answers with "hello". Holds nothing secret: it is sent before the page is known. */
  | { type: "ready" }
  | { type: "store"; id: number; key: string; value: string | null }
  | { type: "open" }
  /** Close the panel. With focus, put the focus back on the launcher. */
  | { type: "close"; focus: boolean }
  /** Load the frame anew, and give held to the new one. */
  | { type: "reload"; held: unknown }
  /** Call the page's listeners. */
  | { type: "event"; name: string; data?: unknown };

/** seal makes a message ready for postMessage. */
export function seal<T extends { type: string }>(message: T): T & { rejoin: 1 } {
  return { rejoin: 1, ...message };
}

/** unseal returns the message if it is one of ours, else null. The caller has checked the sender. */
export function unseal<T extends { type: string }>(data: unknown): T | null {
  return Object(data).rejoin === 1 ? (data as T) : null;
}
