import { expect, test } from "vitest";
import type { Invitation, Member } from "../../../shared/agent";
import { expiryWords, inviteProblem, isLast, mailWords, onDeactivate, order, seenWords } from "./words";

const member = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  name: id,
  email: `${id}@shop.example`,
  role: "agent",
  available: true,
  two_factor: false,
  open_issues: 0,
  ...more,
});
const invitation: Invitation = {
  id: "in_1",
  email: "new@shop.example",
  role: "agent",
  invited_by: "Maya",
  mail: "queued",
  created_at: 0,
  expires_at: 1000,
};

test("the last administrator is the only active one", () => {
  const maya = member("Maya", { role: "administrator" });
  const gone = member("Ann", { role: "administrator", deactivated_at: 5 });
  expect(isLast([maya, gone, member("Jonas")], maya)).toBe(true);
  expect(isLast([maya, { ...gone, deactivated_at: undefined }], maya)).toBe(false);
  expect(isLast([maya], member("Jonas"))).toBe(false);
});

test("deactivating says what happens to the conversations", () => {
  expect(onDeactivate(member("Jonas", { open_issues: 3 })).join(" ")).toMatch(
    /3 open conversations stay assigned/,
  );
  expect(onDeactivate(member("Jonas", { open_issues: 1 })).join(" ")).toMatch(
    /1 open conversation stays assigned/,
  );
  expect(onDeactivate(member("Jonas")).join(" ")).toMatch(/No open conversation/);
});

test("who belongs to the team comes first, by name", () => {
  const list = [member("Zoe"), member("Ann", { deactivated_at: 1 }), member("ben")];
  expect(order(list).map((m) => m.name)).toEqual(["ben", "Zoe", "Ann"]);
});

test("an address that is known already is not invited again", () => {
  const members = [member("maya"), member("ann", { deactivated_at: 1 })];
  expect(inviteProblem(" ", members, [])).toMatch(/Enter/);
  expect(inviteProblem("not an address", members, [])).toMatch(/not an e-mail/);
  expect(inviteProblem("Maya@shop.example", members, [])).toMatch(/belongs to the team/);
  expect(inviteProblem("ann@shop.example", members, [])).toMatch(/reactivate them/);
  expect(inviteProblem("new@shop.example", members, [invitation])).toMatch(/invited already/);
  expect(inviteProblem("other@shop.example", members, [invitation])).toBe("");
});

test("an invitation says how its e-mail stands", () => {
  expect(mailWords(0, invitation).text).toBe("E-mail on its way");
  expect(mailWords(0, { ...invitation, mail: "sent" }).tone).toBe("good");
  expect(mailWords(0, { ...invitation, mail: "failed" }).tone).toBe("bad");
  expect(mailWords(1000, { ...invitation, mail: "sent" }).text).toBe("Expired");
  expect(expiryWords(1000, invitation)).toMatch(/Send it again/);
});

test("somebody who is signed in nowhere has not been seen", () => {
  expect(seenWords(60_000, {})).toBe("Not signed in now");
  expect(seenWords(60_000, { seen_at: 1 })).toMatch(/ago/);
});
