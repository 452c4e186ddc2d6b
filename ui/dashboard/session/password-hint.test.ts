import { expect, test } from "vitest";
import { newPasswordProblem, passwordHint } from "./password-hint";

test.each([
  ["", /At least 10/, false],
  ["a", /^9 more characters/, false],
  ["harbor l", /^2 more characters/, false],
  ["harbor li", /^1 more character\./, false],
  ["harbor lig", /Long enough/, true],
  ["🦊🦊🦊🦊🦊", /^5 more characters/, false],
])("the hint for %o", (password, text, enough) => {
  expect(passwordHint(password).text).toMatch(text);
  expect(passwordHint(password).enough).toBe(enough);
});

test("only a form that is sent complains", () => {
  expect(newPasswordProblem("")).toMatch(/Choose a password/);
  expect(newPasswordProblem("short")).toMatch(/at least 10/);
  expect(newPasswordProblem("long enough")).toBe("");
});
