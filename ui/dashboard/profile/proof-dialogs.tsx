import { useState } from "react";
import type { RecoveryCodes, TwoFactorProof } from "../../shared/agent";
import { Field } from "../parts/field";
import { FormDialog } from "../parts/form-dialog";
import { PasswordInput } from "../parts/password-input";
import { useSession } from "../session/session";
import { useSending } from "../welcome/use-sending";

interface Close {
  close: () => void;
  back: () => HTMLElement | null | undefined;
}

export function OffDialog({ done, close, back }: Close & { done: () => void }) {
  const { api } = useSession();
  return (
    <Proof
      title="Switch off two-factor sign-in?"
      text="Then your password alone signs you in, and your recovery codes count no more."
      action="Switch off"
      danger
      close={close}
      back={back}
      prove={async (proof) => {
        await api.post("/profile/two-factor/off", proof);
        done();
      }}
    />
  );
}

export function NewCodesDialog({ done, close, back }: Close & { done: (codes: string[]) => void }) {
  const { api } = useSession();
  return (
    <Proof
      title="Make new recovery codes?"
      text="The codes you have now count no more."
      action="Make new codes"
      close={close}
      back={back}
      prove={async (proof) =>
        done((await api.post<RecoveryCodes>("/profile/two-factor/recovery", proof)).codes)
      }
    />
  );
}

interface ProofProps extends Close {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  prove: (proof: TwoFactorProof) => Promise<void>;
}

/** Proof asks for password and code before something about signing in changes. */
function Proof({ title, text, action, danger, close, back, prove }: ProofProps) {
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const { busy, problem, send } = useSending();
  const submit = () => {
    const missing = !password
      ? { field: "password", text: "Enter your password." }
      : !code.trim()
        ? { field: "code", text: "Enter a code." }
        : null;
    void send(missing, () => prove({ password, code: code.trim() }));
  };
  const errorAt = (field: string) => (problem?.field === field ? problem.text : "");
  return (
    <FormDialog
      open
      {...{ title, text, action, danger, busy, problem, submit, close, back }}
      fields={["password", "code"]}
    >
      <Field label="Your password" error={errorAt("password")}>
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
      <Field label="Code" help="Of your authenticator app, or a recovery code." error={errorAt("code")}>
        {(props) => (
          <input
            {...props}
            className="input code-text"
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="off"
            spellCheck={false}
            value={code}
            onChange={(e) => setCode(e.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
