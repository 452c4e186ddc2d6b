import { type FormEvent, useId, useState } from "react";
import type { Tested, TestIdentity } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { Toggle } from "../../parts/toggle";
import { ApiError, textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { errorAt, type Problem } from "../draft";
import { Section } from "../section";

const blank: TestIdentity = { user_id: "", email: "", full_privacy: false, token: "" };
const fields = ["user_id", "email", "token"];

/** Tester says of a token whether it would be taken, and why not. */
export function Tester({ path }: { path: string }) {
  const { input, change, result, problem, busy, submit } = useTest(path);
  const id = useId();
  const at = (field: string) => errorAt(problem, field);
  return (
    <Section
      title="Check a token"
      text="Paste what your page sends. You learn whether the chat would take it and, if not, what is the matter. Nothing is stored."
    >
      <form className="tester" onSubmit={submit} noValidate>
        <div className="pair">
          <Field label="User id" error={at("user_id")}>
            {(props) => <Text {...props} value={input.user_id} set={(user_id) => change({ user_id })} />}
          </Field>
          <Field label="E-mail" error={at("email")}>
            {(props) => <Text {...props} value={input.email} set={(email) => change({ email })} />}
          </Field>
        </div>
        <div className="switch-line">
          <Toggle
            on={input.full_privacy}
            set={(full_privacy) => change({ full_privacy })}
            labelledBy={`${id}-privacy`}
            describedBy={`${id}-privacy-help`}
          />
          <div>
            <span className="legend" id={`${id}-privacy`}>
              Full privacy
            </span>
            <p className="help" id={`${id}-privacy-help`}>
              The page sets fullPrivacy: then the user id alone is signed.
            </p>
          </div>
        </div>
        <Field
          label="Token"
          help="The userAuthToken of your page, or a login token (JWT) if it uses identities."
          error={at("token")}
        >
          {(props) => (
            <textarea
              {...props}
              className="input mono"
              rows={3}
              spellCheck={false}
              autoComplete="off"
              value={input.token}
              onChange={(e) => change({ token: e.target.value })}
            />
          )}
        </Field>
        <div>
          <Button type="submit" kind="primary" busy={busy}>
            {busy ? "Checking…" : "Check"}
          </Button>
        </div>
        <div role="status" aria-live="polite" aria-atomic="true">
          {result && <Result result={result} />}
          {problem && !fields.includes(problem.field) && (
            <p className="callout bad">
              <Icon name="alert" /> {problem.text}
            </p>
          )}
        </div>
      </form>
    </Section>
  );
}

function Text({
  set,
  ...rest
}: {
  id: string;
  className: string;
  value: string;
  set: (value: string) => void;
}) {
  return (
    <input
      {...rest}
      className="input mono"
      spellCheck={false}
      autoComplete="off"
      onChange={(e) => set(e.target.value)}
    />
  );
}

function Result({ result }: { result: Tested }) {
  return (
    <section className={result.valid ? "callout good" : "callout bad"} aria-label="Result of the check">
      <Icon name={result.valid ? "shield" : "unverified"} />
      <p>
        <strong>{result.valid ? "The token is taken." : "The token is not taken."}</strong> {result.text}
      </p>
    </section>
  );
}

function useTest(path: string) {
  const { api } = useSession();
  const [input, setInput] = useState(blank);
  const [result, setResult] = useState<Tested | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<TestIdentity>) => {
    setInput((held) => ({ ...held, ...part }));
    setResult(null);
    setProblem(null);
  };
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (busy) return;
    setBusy(true);
    setResult(null);
    setProblem(null);
    try {
      setResult(await api.post<Tested>(`${path}/test`, input));
    } catch (err) {
      setProblem({ field: err instanceof ApiError ? err.field : "", text: textOf(err) });
    } finally {
      setBusy(false);
    }
  };
  return { input, change, result, problem, busy, submit };
}
