/** Where a shortcut stands in the list, in this order. */
export const groups = ["Go to", "Inbox", "Conversation", "Everywhere"] as const;
export type Group = (typeof groups)[number];

/** Shortcut is what one key, or one sequence of keys, does. */
export interface Shortcut {
  /** What it does, as a command: "Resolve". */
  label: string;
  group: Group;
  run: () => void;
  /** Other keys for the same, such as "ArrowDown" for "j". */
  also?: string[];
  /** Whether holding the key down does it again and again. */
  repeats?: boolean;
  /** Where it holds only at times; else the key stays the browser's. */
  when?: () => boolean;
}

/**
 * Shortcuts by their keys, spelt as in KeyboardEvent.key: "e", "#", "Enter". A sequence has a space between its keys: "g i". Letters
 * are small and stand for both cases.
 */
export type Shortcuts = Record<string, Shortcut>;

/** Pressed is the beginning of a sequence, and when its newest key was pressed. */
export interface Pressed {
  keys: string;
  at: number;
}

/** The milliseconds within which a sequence goes on. */
export const patience = 1500;

/**
 * press adds a key to what was pressed before and finds its shortcut. A key that continues no sequence ends it and does nothing else, so
 * that a mistyped "g e" does not do what "e" does. Of equal keys the last map wins.
 */
export function press(before: Pressed | null, key: string, now: number, maps: Shortcuts[]) {
  const begun = before && now - before.at <= patience ? `${before.keys} ` : "";
  const keys = begun + (key.length === 1 ? key.toLowerCase() : key);
  const hit = find(keys, maps);
  const goesOn = !hit && maps.some((map) => spellings(map).some(([s]) => s.startsWith(`${keys} `)));
  return { hit, pressed: goesOn ? { keys, at: now } : null };
}

function find(keys: string, maps: Shortcuts[]): Shortcut | undefined {
  for (const map of [...maps].reverse()) {
    const found = spellings(map).find(([spelt, s]) => spelt === keys && (!s.when || s.when()));
    if (found) return found[1];
  }
  return undefined;
}

function spellings(map: Shortcuts): [string, Shortcut][] {
  return Object.entries(map).flatMap(([keys, s]) =>
    [keys, ...(s.also ?? [])].map((k): [string, Shortcut] => [k, s]),
  );
}

export interface Line {
  label: string;
  /** Every way to press it, each as its keys in order. */
  keys: string[][];
}

/** listOf is what the list of shortcuts shows, by group: what can be pressed now. Keys that do the same share a line. */
export function listOf(maps: Shortcuts[]): { group: Group; lines: Line[] }[] {
  const all = Object.entries<Shortcut>(Object.assign({}, ...maps));
  return groups
    .map((group) => ({ group, lines: linesOf(all.filter(([, s]) => s.group === group)) }))
    .filter(({ lines }) => lines.length > 0);
}

function linesOf(shortcuts: [string, Shortcut][]): Line[] {
  const lines = new Map<string, string[][]>();
  for (const [first, { label, also = [] }] of shortcuts) {
    const keys = [first, ...also].map((k) => k.split(" "));
    lines.set(label, [...(lines.get(label) ?? []), ...keys]);
  }
  return [...lines].map(([label, keys]) => ({ label, keys }));
}

const names: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
};

/** keyName is how a key is written for people. */
export const keyName = (key: string) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key);

const fields = "input, textarea, select, [contenteditable=''], [contenteditable=true]";
const overlays = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
const withKeysOfTheirOwn =
  "a, button, summary, [role=radiogroup], [role=tablist], [role=slider], [role=separator], [role=toolbar], [role=tree]";
const ownKeys = new Set(["Enter", " ", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"]);

/** meant reports whether a key press may be a shortcut: not while typing, not in or under a dialog or menu, not with modifiers, and not where
 *  people write and take the focus for the field's (data-shortcuts="off"). */
export function meant(e: KeyboardEvent): boolean {
  if (e.defaultPrevented || e.isComposing || modified(e)) return false;
  const at = e.target instanceof Element ? e.target : document.body;
  if (isField(at) || at.closest(overlays) || at.closest("[data-shortcuts=off]")) return false;
  if (ownKeys.has(e.key) && at.closest(withKeysOfTheirOwn)) return keepsKey(e.key, at);
  return !document.querySelector(overlays.replaceAll("]", "][data-state=open]"));
}

/** A check box takes no letters, so pressing one there is no typing. */
function isField(at: Element): boolean {
  const field = at.closest(fields);
  return field !== null && !(field instanceof HTMLInputElement && field.type === "checkbox");
}

/** Links and buttons use Enter, but not the arrows. */
function keepsKey(key: string, at: Element): boolean {
  const owner = at.closest(withKeysOfTheirOwn);
  return (
    key.startsWith("Arrow") &&
    owner !== null &&
    ["A", "BUTTON"].includes(owner.tagName) &&
    !owner.parentElement?.closest(withKeysOfTheirOwn)
  );
}

/** Signs such as # need Alt or AltGr on some keyboards; then those are no modifiers. */
function modified(e: KeyboardEvent): boolean {
  const sign = e.key.length === 1 && !/[\p{L}\p{N}\s]/u.test(e.key);
  if (sign && e.getModifierState("AltGraph")) return false;
  return e.ctrlKey || e.metaKey || (e.altKey && !sign);
}
