import { expect, test } from "vitest";
import { tokenOf } from "./token";

test.each([
  ["#dGhpcyBpcyBhIHRva2Vu", "dGhpcyBpcyBhIHRva2Vu"],
  ["", ""],
  ["#", ""],
  ["#short", ""],
  ["#<script>alert(1)</script>", ""],
])("the token in %o", (hash, want) => {
  expect(tokenOf(hash)).toBe(want);
});
