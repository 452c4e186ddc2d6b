import { expect, test } from "vitest";
import type { AppPlatform, CustomField } from "../../../shared/agent";
import curl from "./snippets/curl.txt?raw";
import kotlin from "./snippets/kotlin.txt?raw";
import swift from "./snippets/swift.txt?raw";
import { countWords, fieldsOn, filled } from "./words";

const field = (label: string, platforms: string[], archived = false) =>
  ({ label, platforms, archived }) as CustomField;

test("counts and fields in words", () => {
  expect([0, 1, 4321, 10000].map(countWords)).toEqual(["None yet", "1", "4,321", "10,000 or more"]);
  const fields = [
    field("Order", ["web", "ios"]),
    field("Plan", ["ios"]),
    field("Old", ["ios"], true),
    ...["A", "B", "C", "D"].map((l) => field(l, ["ios"])),
  ];
  expect(fieldsOn("web", fields)).toBe("Order");
  expect(fieldsOn("ios", fields)).toBe("Order, Plan, A, B, C and 1 more");
  expect(fieldsOn("android", fields)).toBe("None");
});

test("snippets name the server and the platform", () => {
  const platform = {
    id: "acme_platform_1",
    hosted_url: "https://chat.example.com/c/acme_platform_1",
  } as AppPlatform;
  for (const snippet of [swift, kotlin, curl]) {
    const text = filled(snippet, platform);
    expect(text).toContain("https://chat.example.com");
    expect(text).toContain("acme_platform_1");
    expect(text).not.toMatch(/"SERVER"|"PLATFORM"|SERVER_ADDRESS|PLATFORM_ID/);
  }
});
