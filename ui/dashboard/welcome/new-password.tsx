import { useState } from "react";
import type { Invited } from "../../shared/agent";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { NewPasswordField } from "../session/new-password-field";
import { newPasswordProblem } from "../session/password-hint";
import { useSession } from "../session/session";
import { Card, NotThere, useFirstProblem } from "./card";
import { useSending } from "./use-sending";
import { useToken } from "./use-token";

/** NewPassword is where the link of "Forgot your password?" leads. */
export function NewPassword() {
  const { token, looked, retry } = useToken("reset");
  if (looked.kind !== "there") {
    const advice =
      "The link is good for an hour and once. Ask for another one with “Forgot your password?” when you sign in.";
    return <NotThere looked={looked} retry={retry} advice={advice} />;
  }
  return <Choose key={token} token={token} invited={looked.invited} />;
}

function Choose({ token, invited }: { token: string; invited: Invited }) {
  const { api, leave } = useSession();
  const { navigate } = useRouter();
  const [password, setPassword] = useState("");
  const { busy, problem, send } = useSending();
  useFirstProblem(problem);
  const submit = () => {
    const text = newPasswordProblem(password);
    void send(text ? { field: "password", text } : null, async () => {
      await api.post("/password/reset", { token, password });
      leave("Your new password is set. Sign in with it.");
      navigate(paths.signIn, { replace: true });
    });
  };
  return (
    <Card title="Choose a new password" submit={submit}>
      <p className="soft">Afterwards you are signed out everywhere, and sign in with the new one.</p>
      {problem && problem.field !== "password" && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> <span>{problem.text}</span>
        </p>
      )}
      <Field label="E-mail">
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
      <NewPasswordField
        label="New password"
        name="password"
        value={password}
        set={setPassword}
        error={problem?.field === "password" ? problem.text : ""}
      />
      <Button type="submit" kind="primary" wide busy={busy}>
        {busy ? "Saving…" : "Set the password"}
      </Button>
    </Card>
  );
}
