import { useState } from "react";
import type { Invited, Me } from "../../shared/agent";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { NewPasswordField } from "../session/new-password-field";
import { newPasswordProblem } from "../session/password-hint";
import { useSession } from "../session/session";
import { SingleSignOn } from "../session/single-sign-on";
import { useOptions } from "../session/use-options";
import { Card, NotThere, useFirstProblem } from "./card";
import { useSending } from "./use-sending";
import { useToken } from "./use-token";

/** Welcome is where the link of an invitation leads: somebody says their name, chooses a password and is in. */
export function Welcome() {
  const { token, looked, retry } = useToken("invitation");
  if (looked.kind !== "there") {
    const advice = "An invitation is good for seven days and once. Ask who invited you to send it again.";
    return <NotThere looked={looked} retry={retry} advice={advice} />;
  }
  return <Accept key={token} token={token} invited={looked.invited} />;
}

function Accept({ token, invited }: { token: string; invited: Invited }) {
  const { state, api, enter } = useSession();
  const { navigate } = useRouter();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const options = useOptions();
  const { busy, problem, send } = useSending();
  useFirstProblem(problem);
  const submit = () => {
    const missing = missingOf(name, password);
    void send(missing, async () => {
      enter(await api.post<Me>("/invitations/accept", { token, name: name.trim(), password }));
      navigate(paths.inbox, { replace: true });
    });
  };
  const errorAt = (field: string) => (problem?.field === field ? problem.text : "");
  return (
    <Card title={`Welcome to ${invited.domain}`} submit={submit}>
      <p className="soft">
        {invited.invited_by || "An administrator"} invited you to answer the people who write to{" "}
        {invited.domain}.
      </p>
      {state.kind === "in" && <SignedInAs name={state.me.agent.name} />}
      {problem && !["name", "password"].includes(problem.field) && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> <span>{problem.text}</span>
        </p>
      )}
      <Field label="E-mail" help="You sign in with it.">
        {(props) => (
          <input
            {...props}
            name="email"
            type="email"
            autoComplete="username"
            readOnly
            value={invited.email}
          />
        )}
      </Field>
      <Field
        label="Your name"
        help="Colleagues read it, and visitors do unless you set a nickname."
        error={errorAt("name")}
      >
        {(props) => (
          <input
            {...props}
            name="name"
            autoComplete="name"
            value={name}
            onChange={(e) => setName(e.target.value)}
          />
        )}
      </Field>
      <NewPasswordField
        label="Password"
        name="password"
        value={password}
        set={setPassword}
        error={errorAt("password")}
      />
      <Button type="submit" kind="primary" wide busy={busy}>
        {busy ? "Joining…" : "Join the team"}
      </Button>
      {options.sso && <SingleSignOn text={`Join with ${options.sso}`} back={paths.inbox} />}
    </Card>
  );
}

function SignedInAs({ name }: { name: string }) {
  return (
    <p className="callout">
      <Icon name="info" />
      <span>You are signed in as {name}. If you accept, this browser changes to the new account.</span>
    </p>
  );
}

function missingOf(name: string, password: string) {
  if (!name.trim()) return { field: "name", text: "Enter your name." };
  const text = newPasswordProblem(password);
  return text ? { field: "password", text } : null;
}
