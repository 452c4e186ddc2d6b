import { expect, test } from "vitest";
import type { App } from "../../shared/agent";
import { draftOf, isDirty, isLimit, isPlaced, originProblem, toSend, withChat, withFollowUp } from "./draft";

const app = {
  allowed_origins: ["https://shop.example"],
  web_chat: {
    greeting: "Hi",
    color: "#2f5bea",
    identity_bot: true,
    follow_up: { enabled: false, window: 600 },
  },
} as App;

test("a change makes the page dirty, and taking it back does not", () => {
  const saved = draftOf(app);
  const changed = withFollowUp(saved, { enabled: true });
  expect(isDirty(saved, changed)).toBe(true);
  expect(isDirty(saved, withFollowUp(changed, { enabled: false }))).toBe(false);
  expect(withChat(saved, { greeting: "Ho" }).web_chat.follow_up).toEqual(saved.web_chat.follow_up);
});

test("empty lines are not sent", () => {
  const sent = toSend({ ...draftOf(app), allowed_origins: [" https://a.example ", "", "  "] });
  expect(sent.allowed_origins).toEqual(["https://a.example"]);
});

test.each([
  ["", /^$/],
  ["https://www.example.com", /^$/],
  ["http://localhost:8080", /^$/],
  ["https://www.example.com/", /^$/],
  ["www.example.com", /not an origin/],
  ["ftp://example.com", /begins with/],
  ["https://example.com/shop", /Leave out/],
  ["https://example.com?x=1", /Leave out/],
  ["https://user@example.com", /user name/],
])("the origin %o", (raw, want) => {
  expect(originProblem(raw)).toMatch(want);
});

test("every field that the server may name has a place", () => {
  for (const f of [
    "greeting",
    "color",
    "window",
    "custom_url",
    "destination",
    "allowed_origins",
    "typed_daily_cap",
  ]) {
    expect(isPlaced(f)).toBe(true);
  }
  expect(isLimit("typed_daily_cap")).toBe(true);
  expect(isLimit("window")).toBe(false);
});
