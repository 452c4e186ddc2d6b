import { type FormEvent, useEffect, useRef, useState } from "react";
import type { RecoveryCodes, TwoFactorSetup } from "../../shared/agent";
import { Button } from "../parts/button";
import { CopyButton } from "../parts/copy";
import { Field } from "../parts/field";
import { PasswordInput } from "../parts/password-input";
import { CodeField } from "../session/code-field";
import { useSession } from "../session/session";
import { isCode } from "../session/sign-in-state";
import { useSending } from "../welcome/use-sending";
import { spaced } from "./recovery";

interface Props {
  email: string;
  done: (codes: string[]) => void;
  cancel: () => void;
}

/** SetUp leads through it: the password, then the app takes the secret and shows its first code. */
export function SetUp({ email, done, cancel }: Props) {
  const [setup, setSetup] = useState<TwoFactorSetup | null>(null);
  return setup ? (
    <Scan setup={setup} done={done} cancel={cancel} />
  ) : (
    <Prove email={email} proven={setSetup} cancel={cancel} />
  );
}

function Prove({
  email,
  proven,
  cancel,
}: {
  email: string;
  proven: (s: TwoFactorSetup) => void;
  cancel: () => void;
}) {
  const { api } = useSession();
  const [password, setPassword] = useState("");
  const { busy, problem, send } = useSending();
  const form = useFocus(problem);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    const missing = password ? null : { field: "password", text: "Enter your password." };
    void send(missing, async () =>
      proven(await api.post<TwoFactorSetup>("/profile/two-factor", { password })),
    );
  };
  return (
    <form ref={form} className="profile-form" onSubmit={submit} noValidate>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="Your password" help="So that we know it is you." error={problem?.text ?? ""}>
        {(props) => (
          <PasswordInput
            {...props}
            name="password"
            autoComplete="current-password"
            value={password}
            set={setPassword}
          />
        )}
      </Field>
      <div className="profile-acts">
        <Button type="submit" kind="primary" busy={busy}>
          Continue
        </Button>
        <Button kind="quiet" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

interface ScanProps extends Omit<Props, "email"> {
  setup: TwoFactorSetup;
}

function Scan({ setup, done, cancel }: ScanProps) {
  const { api } = useSession();
  const [code, setCode] = useState("");
  const { busy, problem, send } = useSending();
  const form = useFocus(problem);
  const secret = useRef<HTMLElement>(null);
  const confirm = (code: string) => {
    const missing = isCode(code) ? null : { field: "code", text: "Enter the six digits." };
    void send(missing, async () => {
      done((await api.post<RecoveryCodes>("/profile/two-factor/confirm", { code })).codes);
    });
  };
  const submit = (e: FormEvent) => {
    e.preventDefault();
    confirm(code);
  };
  return (
    <form ref={form} className="set-up" onSubmit={submit} noValidate>
      <ol className="set-up-steps">
        <li>
          <h3>Scan this with your authenticator app</h3>
          <p className="help">
            Any app for time-based codes does: a password manager, or an app on your phone.
          </p>
          <img
            className="set-up-qr"
            src={setup.qr}
            alt="QR code for your authenticator app"
            width={240}
            height={240}
          />
          <p className="help">No camera? Type this key into the app:</p>
          <p className="set-up-key">
            <code ref={secret}>{spaced(setup.secret)}</code>
            <CopyButton text={setup.secret} what="The key" shown={secret} small />
            <a className="small" href={setup.url}>
              Open it in an app on this device
            </a>
          </p>
        </li>
        <li>
          <h3>Enter the code it shows</h3>
          <CodeField
            label="Six digits"
            value={code}
            set={setCode}
            complete={confirm}
            error={problem?.text ?? ""}
          />
        </li>
      </ol>
      <div className="profile-acts">
        <Button type="submit" kind="primary" busy={busy}>
          {busy ? "Checking…" : "Switch it on"}
        </Button>
        <Button kind="quiet" onClick={cancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** useFocus begins at the first field, and comes back to it when something is wrong with it. */
function useFocus(problem: unknown) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>(".input")?.focus(), []);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  return form;
}
