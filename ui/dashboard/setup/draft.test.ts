import { expect, test } from "vitest";
import { blank, domainOf, missingOf } from "./draft";

test.each([
  ["Harbor & Pine", "harbor-pine"],
  ["  Größe 42!", "grosse-42"],
  ["注文", ""],
])("the short name of %o", (company, want) => {
  expect(domainOf(company)).toBe(want);
});

test("what is missing is asked for in the order of the form", () => {
  const filled = {
    company: "Acme",
    domain: "",
    origin: "",
    name: "Maya",
    email: "maya@acme.example",
    password: "long enough",
  };
  expect(missingOf(filled)).toBeNull();
  expect(missingOf(blank)?.field).toBe("app");
  expect(missingOf({ ...filled, company: "注文" })?.field).toBe("domain");
  expect(missingOf({ ...filled, origin: "acme" })?.field).toBe("allowed_origins");
  expect(missingOf({ ...filled, name: " " })?.field).toBe("name");
  expect(missingOf({ ...filled, email: "" })?.field).toBe("email");
  expect(missingOf({ ...filled, password: "short" })?.field).toBe("password");
});
