import type { Dispatch } from "react";
import type { SignInOptions } from "../../shared/agent";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { PasswordInput } from "../parts/password-input";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { CodeField } from "./code-field";
import type { SignInEvent, SignInState } from "./sign-in-state";
import { SingleSignOn } from "./single-sign-on";

interface Props {
  state: SignInState;
  tell: Dispatch<SignInEvent>;
  submit: (code?: string) => void;
  options: SignInOptions;
}

const errorAt = ({ problem }: SignInState, field: string) => (problem?.field === field ? problem.text : "");

function EmailField({ state, tell }: Props) {
  return (
    <Field label="E-mail" error={errorAt(state, "email")}>
      {(props) => (
        <input
          {...props}
          name="email"
          type="email"
          autoComplete="username"
          value={state.email}
          onChange={(e) => tell({ type: "type", field: "email", value: e.target.value })}
        />
      )}
    </Field>
  );
}

export function PasswordStep(props: Props) {
  const { state, tell, options } = props;
  const { route, search } = useRouter();
  const back = route.page === "sign-in" ? paths.inbox : location.pathname + search;
  return (
    <>
      <EmailField {...props} />
      <Field label="Password" error={errorAt(state, "password")}>
        {(field) => (
          <PasswordInput
            {...field}
            name="password"
            autoComplete="current-password"
            value={state.password}
            set={(value) => tell({ type: "type", field: "password", value })}
          />
        )}
      </Field>
      <Send busy={state.busy} text="Sign in" doing="Signing in…" />
      {options.sso && <SingleSignOn text={`Sign in with ${options.sso}`} back={back} />}
      {options.reset && (
        <TextButton text="Forgot your password?" press={() => tell({ type: "go", step: "forgot" })} />
      )}
    </>
  );
}

export function CodeStep({ state, tell, submit }: Props) {
  const set = (value: string) => tell({ type: "type", field: "code", value });
  const recovery = state.step === "recovery";
  return (
    <>
      {recovery ? (
        <Field label="Recovery code" error={errorAt(state, "code")}>
          {(props) => (
            <input
              {...props}
              className="input code-text"
              name="code"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              value={state.code}
              onChange={(e) => set(e.target.value)}
            />
          )}
        </Field>
      ) : (
        <CodeField
          label="Code"
          value={state.code}
          error={errorAt(state, "code")}
          set={set}
          complete={submit}
        />
      )}
      <Send busy={state.busy} text="Sign in" doing="Signing in…" />
      <div className="sign-in-links">
        <TextButton
          text={recovery ? "Use the authenticator app" : "Use a recovery code"}
          press={() => tell({ type: "go", step: recovery ? "code" : "recovery" })}
        />
        <TextButton text="Back" press={() => tell({ type: "go", step: "password" })} />
      </div>
      {recovery && (
        <p className="help">No code left? An administrator of your team can switch it off for you.</p>
      )}
    </>
  );
}

export function ForgotStep(props: Props) {
  const { state, tell } = props;
  return (
    <>
      <EmailField {...props} />
      <Send busy={state.busy} text="Send the link" doing="Sending…" />
      <TextButton text="Back to sign-in" press={() => tell({ type: "go", step: "password" })} />
    </>
  );
}

export function Asked({ state, tell }: Props) {
  return (
    <>
      <p className="soft">
        If somebody in a team here has the address <strong>{state.email.trim()}</strong>, a link to choose a
        new password is on its way. Nothing there after some minutes? Look among the spam, or check the
        address.
      </p>
      <Button wide onClick={() => tell({ type: "go", step: "password" })}>
        Back to sign-in
      </Button>
      <TextButton text="Try another address" press={() => tell({ type: "go", step: "forgot" })} />
    </>
  );
}

function Send({ busy, text, doing }: { busy: boolean; text: string; doing: string }) {
  return (
    <Button type="submit" kind="primary" busy={busy} wide>
      {busy ? doing : text}
    </Button>
  );
}

function TextButton({ text, press }: { text: string; press: () => void }) {
  return (
    <button type="button" className="text-button sign-in-link" onClick={press}>
      {text}
    </button>
  );
}
