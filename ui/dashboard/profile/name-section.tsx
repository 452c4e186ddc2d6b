import { type FormEvent, useState } from "react";
import type { Profile, SetProfile } from "../../shared/agent";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { useMe, useSession } from "../session/session";
import { Section } from "../settings/section";
import { useAdding } from "../settings/use-adding";
import { publicName } from "./names";
import type { PartProps } from "./profile";

/** NameSection is what colleagues and users read, with an example of an answer. */
export function NameSection({ profile, set }: PartProps) {
  const { api, check } = useSession();
  const [draft, setDraft] = useState<SetProfile>({ name: profile.name, nickname: profile.nickname });
  const { busy, problem, add } = useAdding();
  const dirty = draft.name !== profile.name || draft.nickname !== profile.nickname;
  const save = async (e: FormEvent) => {
    e.preventDefault();
    const fresh = await add(() => api.put<Profile>("/profile", draft), "Saved.");
    if (!fresh) return;
    set(fresh);
    setDraft({ name: fresh.name, nickname: fresh.nickname });
    check();
  };
  const errorAt = (field: string) => (problem?.field === field ? problem.text : "");
  const other = problem && !["name", "nickname"].includes(problem.field) ? problem.text : "";
  return (
    <Section title="Your name" text={`You sign in as ${profile.email}.`}>
      <form className="profile-form" onSubmit={save} noValidate>
        <Field label="Name" help="Colleagues read it." error={errorAt("name") || other}>
          {(props) => (
            <input
              {...props}
              name="name"
              autoComplete="name"
              value={draft.name}
              onChange={(e) => setDraft({ ...draft, name: e.target.value })}
            />
          )}
        </Field>
        <Field
          label="Nickname"
          help="Visitors read it in place of your name. Leave it empty to show your name."
          error={errorAt("nickname")}
        >
          {(props) => (
            <input
              {...props}
              name="nickname"
              autoComplete="nickname"
              value={draft.nickname}
              onChange={(e) => setDraft({ ...draft, nickname: e.target.value })}
            />
          )}
        </Field>
        <NamePreview name={publicName(draft)} />
        <Button type="submit" kind="primary" busy={busy} disabled={!dirty}>
          {busy ? "Saving…" : "Save"}
        </Button>
      </form>
    </Section>
  );
}

function NamePreview({ name }: { name: string }) {
  const me = useMe();
  return (
    <figure className="name-preview">
      <figcaption className="help">As visitors see it</figcaption>
      <div className="name-sample">
        <Avatar id={me.agent.id} name={name} small />
        <div>
          <p className="small faint">{name || "Your name"}</p>
          <p className="name-bubble">Hello! I have looked into it for you.</p>
        </div>
      </div>
    </figure>
  );
}
