import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Icon, Logo } from "../parts/icon";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { ApiError, textOf } from "./api";
import { useSession } from "./session";
import "./sign-in.css";

interface Problem {
  text: string;
  field: string;
}

export function SignIn() {
  const { state, signIn } = useSession();
  const { route, navigate } = useRouter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    document.title = "Sign in · Rejoin";
  }, []);

  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (busy) return;
    const missing = missingOf(email, password);
    if (missing) return fail(missing);
    setBusy(true);
    setProblem(null);
    try {
      await signIn(email.trim(), password);
      if (route.page === "sign-in") navigate(paths.inbox, { replace: true });
    } catch (err) {
      setBusy(false);
      fail({ text: textOf(err), field: err instanceof ApiError ? err.field : "" });
    }
  };
  const fail = (p: Problem) => {
    setProblem(p);
    const target = p.field === "email" ? "email" : "password";
    form.current?.querySelector<HTMLInputElement>(`[name=${target}]`)?.focus();
  };
  const errorAt = (field: string) => (problem?.field === field ? problem.text : "");
  const ended = state.kind === "out" && state.ended;

  return (
    <main className="sign-in">
      <form ref={form} className="sign-in-card" onSubmit={submit} noValidate aria-labelledby="sign-in-title">
        <Logo size={40} />
        <h1 id="sign-in-title">Sign in to Rejoin</h1>
        <p className="soft">Answer the people who wrote to you, wherever they are now.</p>
        {ended && !problem && (
          <p className="callout" role="status">
            <Icon name="info" /> Your session has ended. Sign in again to go on where you were.
          </p>
        )}
        {problem && !["email", "password"].includes(problem.field) && (
          <p className="callout bad" role="alert">
            <Icon name="alert" /> {problem.text}
          </p>
        )}
        <Field label="E-mail" error={errorAt("email")}>
          {(props) => (
            <input
              {...props}
              name="email"
              type="email"
              autoComplete="username"
              value={email}
              onChange={(e) => setEmail(e.target.value)}
            />
          )}
        </Field>
        <Field label="Password" error={errorAt("password")}>
          {(props) => (
            <input
              {...props}
              name="password"
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(e) => setPassword(e.target.value)}
            />
          )}
        </Field>
        <Button type="submit" kind="primary" busy={busy} wide>
          {busy ? "Signing in…" : "Sign in"}
        </Button>
      </form>
    </main>
  );
}

function missingOf(email: string, password: string): Problem | null {
  if (!email.trim()) return { text: "Enter your e-mail address.", field: "email" };
  if (!password) return { text: "Enter your password.", field: "password" };
  return null;
}
