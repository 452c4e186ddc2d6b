/** The sign-in page as data: what is asked for now, and what was wrong with it. */
export interface SignInState {
  step: "password" | "code" | "recovery" | "forgot" | "asked";
  email: string;
  password: string;
  code: string;
  busy: boolean;
  /** Field is email, password or code, or empty for the whole form. */
  problem: { field: string; text: string } | null;
}

export type SignInEvent =
  | { type: "type"; field: "email" | "password" | "code"; value: string }
  | { type: "go"; step: SignInState["step"] }
  | { type: "submit" }
  | { type: "refused"; field: string; text: string }
  | { type: "accepted" };

export const begin: SignInState = {
  step: "password",
  email: "",
  password: "",
  code: "",
  busy: false,
  problem: null,
};

/** signIn is the next state. A form with something missing is not busy after submit, but has a problem. */
export function signIn(state: SignInState, event: SignInEvent): SignInState {
  switch (event.type) {
    case "type":
      return { ...state, [event.field]: event.value, problem: cleared(state, event.field) };
    case "go":
      return moved(state, event.step);
    case "submit": {
      const problem = missing(state);
      return { ...state, problem, busy: !problem };
    }
    case "refused":
      return refused(state, event.field, event.text);
    case "accepted":
      return { ...moved(state, state.step === "forgot" ? "asked" : state.step), busy: false };
  }
}

/** A complaint about a field goes when somebody sets about mending it. */
const cleared = (state: SignInState, field: string) =>
  state.problem && state.problem.field !== field ? state.problem : null;

/** moved keeps the address everywhere, and the password only while its code is asked for. */
function moved(state: SignInState, step: SignInState["step"]): SignInState {
  const password = step === "code" || step === "recovery" ? state.password : "";
  return { ...begin, email: state.email, password, step };
}

function refused(state: SignInState, field: string, text: string): SignInState {
  const asksForCode = field === "code" && state.step === "password";
  if (asksForCode) return { ...moved(state, "code"), problem: null };
  if (field === "code") return { ...state, code: "", busy: false, problem: { field, text } };
  // What is wrong now is the password, for example because it was changed while the code was typed.
  const step = isCodeStep(state.step) && field === "password" ? "password" : state.step;
  const password = step === "password" && state.step !== "password" ? "" : state.password;
  return { ...state, step, password, busy: false, problem: { field, text } };
}

export const isCodeStep = (step: SignInState["step"]) => step === "code" || step === "recovery";

function missing({ step, email, password, code }: SignInState): SignInState["problem"] {
  if (!email.trim()) return { field: "email", text: "Enter your e-mail address." };
  if (step === "forgot") return null;
  if (!password) return { field: "password", text: "Enter your password." };
  if (step === "code" && !isCode(code)) return { field: "code", text: "Enter the six digits." };
  if (step === "recovery" && !code.trim()) return { field: "code", text: "Enter a recovery code." };
  return null;
}

/** digitsOf takes the digits out of what was typed or pasted, such as "123 456" or "Your code: 123-456"; six at the most. */
export const digitsOf = (raw: string) => raw.normalize("NFKC").replace(/\D/g, "").slice(0, 6);

export const isCode = (code: string) => /^\d{6}$/.test(code);
