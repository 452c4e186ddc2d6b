// The global function that pages call, and the calls they made before this program was there.

/** Command is one entry of the public API. Pages call with anything; each command checks what it gets. */
export type Command = (...args: unknown[]) => void;
export type Commands = Record<string, Command>;

/** Api is the global function. The page's loader may have put an interim one there, which only fills q. */
export interface Api {
  (...args: unknown[]): void;
  q?: Iterable<unknown>[];
  /** Set on ours, so that a second evaluation of this program finds the first. */
  rejoin?: 1;
}

/** Page is what we share with the host page's own programs. */
export interface Page {
  Rejoin?: Api;
  Helpshift?: Api;
  rejoinConfig?: unknown;
  helpshiftConfig?: unknown;
}

/** Queue runs commands by name, in the order of the calls. */
export interface Queue {
  call(...args: unknown[]): void;
  /** ready adds the commands that had to wait for the chat, and runs them; from then on nothing waits. */
  ready(more: Commands): void;
}

/** forwarded matches the commands that the frame carries out. It knows their names, and reports those that are none. */
const forwarded = /^(log|add|update|set|replace|arrive)/;

/** makeQueue takes commands without a prototype, and never throws: a failing or unknown command goes to report. What may be known to the frame is given to the command forward. */
export function makeQueue(commands: Commands, report: (error: string, reason: unknown) => void): Queue {
  let waiting: unknown[][] | null = [];

  function call(...args: unknown[]): void {
    const [name, ...rest] = args;
    try {
      const command = commands[name as string];
      if (command) command(...rest);
      else if (waiting) waiting.push(args);
      else if (forwarded.test(name as string)) commands.forward?.(...args);
      else report("unknown command", name);
    } catch (e) {
      report("not done", e);
    }
  }

  return {
    call,
    ready(more) {
      const calls = waiting ?? [];
      waiting = null;
      Object.assign(commands, more);
      for (const args of calls) call(...args);
    },
  };
}

/**
 * takeOver puts the function under our name, also under the other one on pages that use it, and runs the calls that waited there.
 * It returns false, with the newer configuration applied, if this program was here before.
 */
export function takeOver(page: Page, api: Api): boolean {
  const stubs = [page.Rejoin, page.Helpshift];
  const ours = stubs.find((f) => f?.rejoin);
  if (ours) {
    ours("update");
    return false;
  }
  api.rejoin = 1;
  page.Rejoin = api;
  if (page.Helpshift || page.helpshiftConfig) page.Helpshift = api;
  for (const stub of stubs) for (const args of stub?.q ?? []) api(...args);
  return true;
}
