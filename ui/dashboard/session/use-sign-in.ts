import { useEffect, useReducer, useRef } from "react";
import type { Me } from "../../shared/agent";
import { ApiError, textOf } from "./api";
import { useSession } from "./session";
import { begin, isCodeStep, type SignInState, signIn } from "./sign-in-state";

/** useSignIn runs the sign-in page: it asks the server and moves the focus to what comes next. */
export function useSignIn(entered: () => void) {
  const { api, enter } = useSession();
  const [state, tell] = useReducer(signIn, begin);
  const form = useRef<HTMLFormElement>(null);
  const { step, problem } = state;
  useEffect(() => focusNext(form.current, step, problem), [step, problem]);

  /** submit sends what is there; code stands for the one that was completed just now. */
  const submit = async (code = state.code) => {
    if (state.busy) return;
    const next = { ...state, code };
    tell({ type: "type", field: "code", value: code });
    tell({ type: "submit" });
    if (!signIn(next, { type: "submit" }).busy) return;
    try {
      const me = await ask(next);
      tell({ type: "accepted" });
      if (!me) return;
      enter(me);
      entered();
    } catch (err) {
      tell({ type: "refused", field: err instanceof ApiError ? err.field : "", text: textOf(err) });
    }
  };
  const ask = ({ email, password, code }: SignInState) => {
    if (step === "forgot") return api.post("/password/forgot", { email: email.trim() }).then(() => null);
    const body = { email: email.trim(), password };
    return api.post<Me>("/sign-in", isCodeStep(step) ? { ...body, code: code.trim() } : body);
  };
  return { state, tell, submit, form };
}

function focusNext(form: HTMLFormElement | null, step: SignInState["step"], problem: SignInState["problem"]) {
  const at = (name: string) => form?.querySelector<HTMLInputElement>(`[name="${name}"]`);
  if (problem) return (at(problem.field) ?? at("password") ?? at("code") ?? at("email"))?.focus();
  if (step === "asked") return form?.querySelector<HTMLElement>("h1")?.focus();
  (at("code") ?? at("email"))?.focus();
}
