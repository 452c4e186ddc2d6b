// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { keyName, listOf, meant, type Pressed, patience, press, type Shortcuts } from "./keys";

const done: string[] = [];
const run = (what: string) => () => void done.push(what);
const inbox: Shortcuts = {
  j: { label: "Next", group: "Inbox", also: ["ArrowDown"], run: run("next") },
  "g i": { label: "Open", group: "Go to", run: run("open") },
  "g m": { label: "Mine", group: "Go to", run: run("mine") },
};
const thread: Shortcuts = { e: { label: "Resolve", group: "Conversation", run: run("resolve") } };

function type(keys: string[], maps = [inbox, thread], gap = 100) {
  let pressed: Pressed | null = null;
  const hits: (string | undefined)[] = [];
  keys.forEach((key, i) => {
    const r = press(pressed, key, i * gap, maps);
    pressed = r.pressed;
    hits.push(r.hit?.label);
  });
  return hits;
}

test("single keys, other spellings and capital letters", () => {
  expect(type(["j", "ArrowDown", "E", "z"])).toEqual(["Next", "Next", "Resolve", undefined]);
});

test("a sequence", () => {
  expect(type(["g", "i", "g", "m"])).toEqual([undefined, "Open", undefined, "Mine"]);
});

test("a mistyped sequence does nothing, and the next key is itself again", () => {
  expect(type(["g", "e", "e"])).toEqual([undefined, undefined, "Resolve"]);
});

test("a sequence that rests too long is forgotten", () => {
  expect(type(["g", "e"], [inbox, thread], patience + 1)).toEqual([undefined, "Resolve"]);
});

test("the last to come wins, in the list too", () => {
  const over: Shortcuts = { j: { label: "Scroll", group: "Conversation", run: run("scroll") } };
  expect(type(["j"], [inbox, over])).toEqual(["Scroll"]);
  expect(listOf([inbox, over, thread])).toEqual([
    {
      group: "Go to",
      lines: [
        { label: "Open", keys: [["g", "i"]] },
        { label: "Mine", keys: [["g", "m"]] },
      ],
    },
    {
      group: "Conversation",
      lines: [
        { label: "Scroll", keys: [["j"]] },
        { label: "Resolve", keys: [["e"]] },
      ],
    },
  ]);
});

test("a shortcut that holds only at times leaves its key alone, and shares a line", () => {
  const label = { label: "Next", group: "Inbox" as const, run: run("next") };
  const arrows = (on: boolean): Shortcuts => ({ j: label, ArrowDown: { ...label, when: () => on } });
  expect(type(["ArrowDown"], [arrows(false)])).toEqual([undefined]);
  expect(type(["ArrowDown"], [arrows(true)])).toEqual(["Next"]);
  expect(listOf([arrows(false)])).toEqual([
    { group: "Inbox", lines: [{ label: "Next", keys: [["j"], ["ArrowDown"]] }] },
  ]);
});

test("keys have names", () => {
  expect(["j", "ArrowUp", "#", "Enter"].map(keyName)).toEqual(["J", "↑", "#", "Enter"]);
});

afterEach(() => {
  document.body.innerHTML = "";
});

/** heard is whether a key pressed at the element that matches "#at" may be a shortcut. */
function heard(html: string, key = "e", init: KeyboardEventInit = {}): boolean {
  document.body.innerHTML = html;
  let answer: boolean | undefined;
  addEventListener("keydown", (e) => (answer = meant(e)), { once: true });
  const at = document.querySelector("#at") ?? document.body;
  at.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
  return answer ?? false;
}

test.each([
  ["the page", "", "e", true],
  ["a text field", "<input id=at>", "e", false],
  ["a button of the composer", "<div data-shortcuts=off><button id=at></button></div>", "e", false],
  ["a text area", "<textarea id=at></textarea>", "e", false],
  ["an editable text", "<div contenteditable=true><b id=at>x</b></div>", "e", false],
  ["a check box", "<input type=checkbox id=at>", "x", true],
  ["a link", "<a href=/ id=at>x</a>", "e", true],
  ["Enter on a link", "<a href=/ id=at>x</a>", "Enter", false],
  ["Enter on the page", "", "Enter", true],
  ["an arrow on a link", "<a href=/ id=at>x</a>", "ArrowDown", true],
  [
    "an arrow in a group of choices",
    "<div role=radiogroup><button id=at>x</button></div>",
    "ArrowDown",
    false,
  ],
  ["a menu", "<div role=menu><div id=at>x</div></div>", "e", false],
  ["under a dialog", "<div role=dialog data-state=open></div><p id=at>x</p>", "e", false],
  ["beside a closed dialog", "<div role=dialog data-state=closed></div><p id=at>x</p>", "e", true],
])("%s", (_, html, key, want) => {
  expect(heard(html, key)).toBe(want);
});

test("modifiers belong to the browser, unless a sign needs them", () => {
  expect(heard("", "e", { ctrlKey: true })).toBe(false);
  expect(heard("", "e", { metaKey: true })).toBe(false);
  expect(heard("", "e", { altKey: true })).toBe(false);
  expect(heard("", "#", { altKey: true })).toBe(true);
  expect(heard("", "?", { shiftKey: true })).toBe(true);
});
