// The global function that pages call, and the calls they made before this program was there.

/** Command is one entry of the public API. An early one runs before the chat is ready; others wait for that. */
export interface Command {
  early?: boolean;
  // Pages call with anything; each command checks what it gets.
  run(...args: unknown[]): void;
}

/** Api is the global function. The page's loader may have put an interim one there, which only fills q. */
export interface Api {
  (...args: unknown[]): void;
  q?: ArrayLike<unknown>[];
  /** Set on ours, so that a second evaluation of this program finds the first. */
  rejoin?: 1;
}

/** Queue runs commands by name, in the order of the calls. */
export interface Queue {
  call(...args: unknown[]): void;
  /** ready runs what has waited; from then on nothing waits. */
  ready(): void;
}

/** makeQueue never throws: a failing or unknown command goes to report. */
export function makeQueue(
  commands: Record<string, Command>,
  report: (error: string, reason: unknown) => void,
): Queue {
  let waiting: unknown[][] | null = [];

  function call(...args: unknown[]): void {
    const name = String(args[0]);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) report("unknown command", name);
    else if (waiting && !command.early) waiting.push(args);
    else {
      try {
        command.run(...args.slice(1));
      } catch (e) {
        report(`${name} failed`, e);
      }
    }
  }

  return {
    call,
    ready() {
      const calls = waiting ?? [];
      waiting = null;
      for (const args of calls) call(...args);
    },
  };
}

/**
 * takeOver puts one function under each name that the page uses (the first one always) and runs the calls that waited there.
 * It returns false, with the newer configuration applied, if this program was here before.
 */
export function takeOver(page: Record<string, unknown>, names: string[], api: Api): boolean {
  const held = names.map((name) => page[name] as Api | undefined);
  const ours = held.find((f) => f?.rejoin);
  if (ours) {
    ours("update");
    return false;
  }
  api.rejoin = 1;
  names.forEach((name, i) => {
    if (i === 0 || held[i] || page[`${name.toLowerCase()}Config`]) page[name] = api;
  });
  for (const stub of held) for (const args of stub?.q ?? []) api(...Array.from(args));
  return true;
}
