import { beforeAll, expect, test, vi } from "vitest";
import type { Issue } from "../../shared/chat";
import en from "../strings/en.json";
import { speak } from "../strings/strings";
import uk from "../strings/uk.json";
import { askable, modeOf, writable } from "./mode";
import { reloadOf, startOf } from "./pages";
import { sizeOf } from "./size";
import { backOf, whenOf } from "./time";
import { wrong } from "./wrong";

beforeAll(() => {
  vi.stubGlobal("location", { origin: "https://chat.example" });
  vi.stubGlobal("fetch", async (path: string) => ({
    ok: true,
    json: async () => (path.includes("uk") ? uk : en),
  }));
  return speak("en");
});

test.each([
  [0, "1 kB"],
  [70, "1 kB"],
  [1500, "1 kB"],
  [640 * 1024, "640 kB"],
  [1_432_000, "1.4 MB"],
  [25 * 1024 * 1024, "25 MB"],
  [3 * 1024 ** 3, "3 GB"],
])("%i bytes are %s", (bytes, want) => {
  expect(sizeOf(bytes)).toBe(want);
});

test.each([
  [{ code: "invalid", field: "email", text: "No @." }, "No @.", "wrong.email"],
  [
    { code: "invalid", field: "name", text: "" },
    "Please enter a name of at most 255 characters.",
    "wrong.name",
  ],
  [{ code: "conflict", field: "", text: "" }, en["wrong.ended"], "wrong.ended"],
  [{ code: "unauthenticated", field: "", text: "Reload." }, en["ended.title"], "ended.title"],
  [{ code: "limited", field: "", text: "" }, en["wrong.often"], "wrong.often"],
  [{ code: "invalid", field: "attachments", text: "" }, en["wrong.files"], "wrong.files"],
  [{ code: "", field: "", text: "" }, en["failed.unknown"], "failed.unknown"],
] as const)("%j is said in the panel's language", async (why, english, key) => {
  expect(wrong(why)).toBe(english);
  await speak("uk");
  expect(wrong(why)).toBe(uk[key].replace("{n}", "255"));
  await speak("en");
});

test.each([
  ["", "https://shop.example/a", ""],
  ["https://shop.example/a", "https://shop.example/b", "https://shop.example/a"],
  ["https://shop.example/a#x", "https://shop.example/a#y", ""],
  ["https://other.example/a", "https://shop.example/b", ""],
  ["https://chat.example/c/p", "https://shop.example/b", "https://chat.example/c/p"],
  ["javascript:alert(1)", "https://shop.example/b", ""],
])("from %j on %j one gets to %j", (began, here, want) => {
  expect(startOf(began, here, ["https://shop.example"])).toBe(want);
});

test("a page is loaded anew without the place in it", () => {
  expect(reloadOf("https://shop.example/a?b#c")).toBe("https://shop.example/a?b");
  expect(reloadOf("about:blank")).toBe("");
});

test("the footer follows the end of a conversation", () => {
  const ending = { closing: (i: Issue) => i.closing ?? "" } as Parameters<typeof modeOf>[1];
  const mode = (state: string, closing?: string) => modeOf({ state, closing } as Issue, ending);
  expect(modeOf(undefined, ending)).toBe("open");
  expect(mode("agent-replied")).toBe("open");
  expect(mode("resolved", "question")).toBe("question");
  expect(mode("resolved", "declined")).toBe("declined");
  expect(mode("resolved")).toBe("resolved");
  expect(mode("rejected")).toBe("ended");
  expect(mode("resolved", "feedback")).toBe("feedback");
  const asked = { state: "resolved", closing: "feedback", asking: "answer" } as Issue;
  expect(modeOf(asked, ending)).toBe("asked");
  const modes = ["open", "question", "declined", "feedback", "asked", "ended", "resolved"] as const;
  expect(modes.filter(writable)).toEqual(["open", "declined", "resolved"]);
  expect(modes.filter(askable)).toEqual(["open", "declined", "asked", "resolved"]);
});

test("a coming moment is named as people do, in the zone of the browser", async () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
  const now = at(27, 22); // a Friday
  const said = (ms: number) => whenOf(ms, now).replace(/\s/g, " ");
  expect(said(at(27, 23))).toBe("today, 11:00 PM");
  expect(said(at(28, 9))).toBe("tomorrow, 9:00 AM");
  expect(said(at(30, 9))).toMatch(/^Monday,? (at )?9:00 AM$/);
  expect(said(at(30 + 14, 9))).toMatch(/^December 14,? (at )?9:00 AM$/);
  expect([backOf(undefined), backOf({ open: false }), backOf({ open: true, change_at: 1 })]).toEqual([
    "",
    "",
    "",
  ]);
  await speak("uk");
  expect(backOf({ open: false, back_at: at(30, 9) })).toContain("Ми знову на зв’язку: ");
  await speak("en");
});
