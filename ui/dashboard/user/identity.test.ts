/// <reference types="node" />
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { attributesOf, emailSources, isUnverified, sessionWords, signedInAs } from "./identity";

const user = { logged_in: true, verified: false, external_id: "4711", email: "a@b.example" };

test("a user is anonymous, or named by the host's id, or by the address", () => {
  expect(signedInAs(user)).toBe("Signed in as 4711");
  expect(signedInAs({ ...user, external_id: undefined })).toBe("Signed in as a@b.example");
  expect(signedInAs({ ...user, external_id: undefined, logged_in: false })).toBe("Anonymous");
});

test("only who is logged in without a signature is marked", () => {
  expect(isUnverified(user)).toBe(true);
  expect(isUnverified({ ...user, verified: true })).toBe(false);
  expect(isUnverified({ ...user, logged_in: false })).toBe(false);
});

test("every way to know an address has words", () => {
  const go = readFileSync(new URL("../../../user.go", import.meta.url), "utf8");
  const all = [...go.matchAll(/^\s+\w+\s+EmailSource\s*=\s*"([^"]+)"/gm)].map((m) => m[1]);
  expect(Object.keys(emailSources).sort()).toEqual(all.sort());
});

test("every kind of session has words of its own", () => {
  const words = [
    sessionWords("anonymous", false),
    sessionWords("login", false),
    sessionWords("login", true),
    sessionWords("link", false),
  ];
  expect(new Set(words).size).toBe(4);
});

test("what the host says becomes names and texts", () => {
  const said = {
    first_name: "Ada",
    age: "42",
    accepted_t_and_c: true,
    new_tags: ["a", "b"],
    empty: "",
    custom_user_fields: { shoe_size: { type: "singleline", value: "39" }, plan: "gold" },
  };
  expect(attributesOf(said)).toEqual([
    ["First name", "Ada"],
    ["Age", "42"],
    ["Accepted t and c", "Yes"],
    ["New tags", "a, b"],
    ["Shoe size", "39"],
    ["Plan", "gold"],
  ]);
  expect(attributesOf(undefined)).toEqual([]);
});
