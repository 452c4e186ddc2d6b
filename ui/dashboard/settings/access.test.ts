import { expect, test } from "vitest";
import { parse } from "../router/route";
import { maySee, settingsHome, whoMay } from "./access";

test("administrators see every page of the settings, supervisors what the team shares", () => {
  for (const page of ["apps", "web-chat", "team", "audit", "jobs", "fields"] as const) {
    expect([maySee("administrator", page), maySee("supervisor", page), maySee("agent", page)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(whoMay(page)).toBe("administrators");
  }
  expect(maySee("supervisor", "tags")).toBe(true);
  expect(whoMay("tags")).toBe("administrators and supervisors");
});

test("the settings begin at a page that the role may see", () => {
  for (const role of ["administrator", "supervisor", "agent"]) {
    const home = settingsHome(role);
    if (home) expect(maySee(role, parse(home).page)).toBe(true);
  }
});
