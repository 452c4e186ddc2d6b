import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Profile } from "../../shared/agent";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { useNotify } from "../parts/notices";
import { PasswordInput } from "../parts/password-input";
import { NewPasswordField } from "../session/new-password-field";
import { newPasswordProblem } from "../session/password-hint";
import { useSession } from "../session/session";
import { Section } from "../settings/section";
import { useSending } from "../welcome/use-sending";
import type { PartProps } from "./profile";

export function PasswordSection({ profile, set }: PartProps) {
  const { api } = useSession();
  const notify = useNotify();
  const [old, setOld] = useState("");
  const [fresh, setFresh] = useState("");
  const { busy, problem, send } = useSending();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void send(missingOf(old, fresh), async () => {
      set(await api.post<Profile>("/profile/password", { old, new: fresh }));
      setOld("");
      setFresh("");
      notify("Your password is changed, and your other browsers are signed out.");
    });
  };
  const errorAt = (field: string) => (problem?.field === field ? problem.text : "");
  const other = problem && !["old", "new"].includes(problem.field) ? problem.text : "";
  return (
    <Section title="Password" text="After a change, all your other browsers are signed out.">
      <form ref={form} className="profile-form" onSubmit={submit} noValidate>
        <input
          className="hidden-text"
          type="email"
          autoComplete="username"
          value={profile.email}
          readOnly
          hidden
        />
        <Field label="Current password" error={errorAt("old") || other}>
          {(props) => (
            <PasswordInput {...props} name="old" autoComplete="current-password" value={old} set={setOld} />
          )}
        </Field>
        <NewPasswordField
          label="New password"
          name="new"
          value={fresh}
          set={setFresh}
          error={errorAt("new")}
        />
        <Button type="submit" busy={busy}>
          {busy ? "Changing…" : "Change password"}
        </Button>
      </form>
    </Section>
  );
}

function missingOf(old: string, fresh: string) {
  if (!old) return { field: "old", text: "Enter the password you have now." };
  const text = newPasswordProblem(fresh);
  return text ? { field: "new", text } : null;
}
