import { expect, test } from "vitest";
import type { Outlook, Row } from "../../shared/agent";
import { forecastOf } from "./outlook";

const user = { name: "Nora", presence: "page_closed" } as Row["user"];
const to = "nora@example.org";

function said(outlook: Outlook, presence = "page_closed"): string {
  const f = forecastOf({ outlook, issue: { user: { ...user, presence } } });
  return `${f.tone}: ${f.text}${f.canAsk ? " [ask]" : ""}`;
}

test.each<[Outlook, string]>([
  [
    { action: "wait", reason: "window", seconds: 600, address: to },
    "plain: Will be mailed to nora@example.org in 10 minutes if unread.",
  ],
  [
    { action: "wait", reason: "min_interval", seconds: 5430, address: to },
    "plain: Will be mailed to nora@example.org in 1 hour 31 minutes if unread: the last e-mail of this conversation was too recent.",
  ],
  [{ action: "wait", reason: "held", address: to }, "plain: No e-mail goes out while it is held."],
  [{ action: "send", reason: "due", address: to }, "plain: Will be mailed to nora@example.org at once."],
  [
    { action: "skip", reason: "no_address", can_ask: true },
    "warn: No address known: Nora reads it when coming back. [ask]",
  ],
  [{ action: "skip", reason: "no_address" }, "warn: No address known: Nora reads it when coming back."],
  [
    { action: "skip", reason: "disabled", address: to },
    "plain: No e-mail: Follow-up via Email is off for this app.",
  ],
  [
    { action: "wait", reason: "window", seconds: 20, address: to, bounced: true },
    "warn: The last e-mail to nora@example.org was refused. Will be mailed to nora@example.org in 20 seconds if unread.",
  ],
])("%o", (outlook, want) => expect(said(outlook)).toBe(want));

test("whoever is here reads it here", () => {
  expect(said({ action: "wait", reason: "window", seconds: 600, address: to }, "active")).toBe(
    "plain: Nora is here now. Will be mailed to nora@example.org in 10 minutes if unread.",
  );
  expect(said({ action: "skip", reason: "no_address", can_ask: true }, "active")).toBe(
    "plain: Nora is here now. No address is known for later. [ask]",
  );
});
