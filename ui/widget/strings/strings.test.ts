import { afterEach, expect, test, vi } from "vitest";
import { direction, language, speak, t, tn } from "./strings";

const files = import.meta.glob<Record<string, string>>("./*.json", { eager: true, import: "default" });

/** serve answers as the server does, but not for the languages that are missing. */
function serve(...missing: string[]) {
  vi.stubGlobal("fetch", async (path: string) => {
    const code = /([\w-]+)-\w+\.json/.exec(path)?.[1] ?? "";
    const texts = missing.includes(code) ? undefined : files[`./${code}.json`];
    return { ok: texts !== undefined, json: async () => texts };
  });
}

afterEach(() => vi.unstubAllGlobals());

test("a language brings its texts, its numbers and its direction", async () => {
  serve();
  await speak("fa");
  expect([language(), direction()]).toEqual(["fa", "rtl"]);
  expect(t("conversation", { number: "12" })).toContain("12");
  expect(tn("unread", 1234)).toMatch(/1.234/);
  await speak("en");
  expect([language(), direction()]).toEqual(["en", "ltr"]);
  expect(tn("unread", 1)).toBe("1 unread message");
  expect(tn("unread", 1200)).toBe("1,200 unread messages");
});

test("each number has the form that the language gives it", async () => {
  serve();
  await speak("uk");
  expect(new Set([1, 2, 5].map((n) => tn("unread", n).replace(/\d/g, ""))).size).toBe(3);
});

test.each(["de", "xx"])("English takes the place of %s if that cannot be had", async (code) => {
  serve("de");
  await speak(code);
  expect([language(), t("send")]).toEqual(["en", "Send"]);
});

test("without any texts there is no panel", async () => {
  serve("de", "en");
  await expect(speak("de")).rejects.toThrow();
});
