import { expect, test } from "vitest";
import { begin, digitsOf, isCode, type SignInEvent, type SignInState, signIn } from "./sign-in-state";

const after = (...events: SignInEvent[]) => events.reduce(signIn, begin);
const typed: SignInEvent[] = [
  { type: "type", field: "email", value: " maya@shop.example " },
  { type: "type", field: "password", value: "harbor lights" },
];
const submit: SignInEvent = { type: "submit" };
const needsCode: SignInEvent = { type: "refused", field: "code", text: "Enter the code." };

test("what is missing is asked for before the server is", () => {
  expect(after(submit)).toMatchObject({ busy: false, problem: { field: "email" } });
  expect(after(typed[0] as SignInEvent, submit)).toMatchObject({
    busy: false,
    problem: { field: "password" },
  });
  expect(after(...typed, submit)).toMatchObject({ busy: true, problem: null });
  const code = after(...typed, submit, needsCode);
  expect(signIn(code, submit)).toMatchObject({ busy: false, problem: { field: "code" } });
});

test("the password leads to the code where there is a second factor, without a complaint", () => {
  const state = after(...typed, submit, needsCode);
  expect(state).toMatchObject({
    step: "code",
    busy: false,
    problem: null,
    password: "harbor lights",
    code: "",
  });
});

test("a wrong code is taken away and said, and typing takes the complaint away", () => {
  const wrong = after(
    ...typed,
    submit,
    needsCode,
    { type: "type", field: "code", value: "123456" },
    submit,
    needsCode,
  );
  expect(wrong).toMatchObject({ step: "code", code: "", busy: false, problem: { field: "code" } });
  expect(signIn(wrong, { type: "type", field: "code", value: "1" }).problem).toBeNull();
});

test("going back forgets the password but not the address", () => {
  const code = after(...typed, submit, needsCode);
  for (const step of ["password", "forgot"] as const) {
    expect(signIn(code, { type: "go", step })).toEqual({ ...begin, step, email: " maya@shop.example " });
  }
  const recovery = signIn(code, { type: "go", step: "recovery" });
  expect(recovery.password).toBe("harbor lights");
});

test("a password that was changed meanwhile leads back to it", () => {
  const code = after(...typed, submit, needsCode, { type: "type", field: "code", value: "123456" }, submit);
  const back = signIn(code, { type: "refused", field: "password", text: "Wrong." });
  expect(back).toMatchObject({ step: "password", password: "", problem: { field: "password" } });
});

test("other refusals stay where they are and keep what was typed", () => {
  const state = after(...typed, submit, {
    type: "refused",
    field: "",
    text: "The server cannot be reached.",
  });
  expect(state).toMatchObject({ step: "password", password: "harbor lights", busy: false });
});

test("a forgotten password needs the address alone", () => {
  const forgot = signIn(begin, { type: "go", step: "forgot" });
  expect(signIn(forgot, submit).problem?.field).toBe("email");
  const sent = [typed[0] as SignInEvent, submit, { type: "accepted" } as const].reduce(signIn, forgot);
  expect(sent).toMatchObject({ step: "asked", busy: false, email: " maya@shop.example " });
});

test("nothing that was typed is lost when another field is mended", () => {
  const state: SignInState = { ...begin, problem: { field: "password", text: "Wrong." } };
  expect(signIn(state, { type: "type", field: "email", value: "a" }).problem).not.toBeNull();
});

test.each([
  ["123456", "123456"],
  ["123 456", "123456"],
  ["Your code is 123-456.", "123456"],
  ["１２３４５６", "123456"],
  ["1234567", "123456"],
  ["12", "12"],
  ["abc", ""],
])("the code in %o", (raw, want) => {
  expect(digitsOf(raw)).toBe(want);
});

test("a code has six digits", () => {
  expect([isCode("012345"), isCode("12345"), isCode("")]).toEqual([true, false, false]);
});
