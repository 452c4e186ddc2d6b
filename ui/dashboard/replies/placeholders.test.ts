import { expect, test } from "vitest";
import { filled, missing, unknown } from "./placeholders";

const values = { "user.name": "Nora", "user.email": "", "issue.number": "7" };

test.each([
  ["Hello {{user.name}}!", "Hello Nora!"],
  ["Hello {{ user.name | there }}!", "Hello Nora!"],
  ["We write to {{user.email|your address}}.", "We write to your address."],
  ["We write to {{user.email}}.", "We write to {{user.email}}."],
  ["#{{issue.number}} {{app.name|}}", "#7 {{app.name}}"],
  ["{{order.id}} and {{ }}", "{{order.id}} and {{ }}"],
  ["{{user.name}} $& $1", "Nora $& $1"],
])("%j is filled in", (body, want) => expect(filled(body, values).text).toBe(want));

test("a value is never taken for a placeholder's fallback or pattern", () => {
  expect(filled("{{user.name}}", { "user.name": "$& {{app.name}}" }).text).toBe("$& {{app.name}}");
});

test("what is left to be filled in is selected", () => {
  const { text, select } = filled("Dear {{user.name}}, to {{user.email}}", values);
  expect(text.slice(...(select ?? []))).toBe("{{user.email}}");
});

test("what is missing, and what is unknown", () => {
  expect(missing("a {{user.email}} b")).toBe("{{user.email}}");
  expect(missing("a {{order.id}} b")).toBe("");
  expect(unknown("a {{order.id}} b {{user.name}}")).toBe("{{order.id}}");
});
