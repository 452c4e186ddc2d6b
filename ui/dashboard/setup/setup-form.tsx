import { useState } from "react";
import type { Apps, Setup as Body, Me } from "../../shared/agent";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { NewPasswordField } from "../session/new-password-field";
import { useSession } from "../session/session";
import { Card, useFirstProblem } from "../welcome/card";
import { useSending } from "../welcome/use-sending";
import { blank, type Draft, domainOf, missingOf } from "./draft";

const placed = ["app", "domain", "allowed_origins", "name", "email", "password"];

/** SetupForm makes the company's domain, its first app and the administrator, and leads to the app with its embed code. */
export function SetupForm({ token }: { token: string }) {
  const { api, enter } = useSession();
  const { navigate } = useRouter();
  const [draft, setDraft] = useState<Draft>(blank);
  const { busy, problem, send } = useSending();
  useFirstProblem(problem);
  const set = (change: Partial<Draft>) => setDraft((d) => ({ ...d, ...change }));
  const at = (field: string) => (problem?.field === field ? problem.text : "");
  const submit = () =>
    void send(missingOf(draft), async () => {
      const me = await api.post<Me>("/setup", bodyOf(token, draft));
      const app = (await api.get<Apps>("/apps").catch(() => null))?.apps[0];
      navigate(app ? paths.app(app.id) : paths.apps, { replace: true });
      enter(me);
    });
  return (
    <Card title="Set up Rejoin" submit={submit}>
      <p className="soft">A minute, and your chat is ready to go on your site.</p>
      {problem && !placed.includes(problem.field) && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> <span>{problem.text}</span>
        </p>
      )}
      <Company draft={draft} set={set} at={at} />
      <Administrator draft={draft} set={set} at={at} />
      <Button type="submit" kind="primary" wide busy={busy}>
        {busy ? "Setting up…" : "Set up"}
      </Button>
    </Card>
  );
}

function bodyOf(token: string, d: Draft): Body {
  return {
    token,
    domain: d.domain || domainOf(d.company),
    app: d.company.trim(),
    allowed_origins: d.origin.trim() ? [d.origin.trim()] : [],
    name: d.name.trim(),
    email: d.email.trim(),
    password: d.password,
  };
}

interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  at: (field: string) => string;
}

function Company({ draft, set, at }: PartProps) {
  return (
    <>
      <Field label="Product or shop" help="Visitors read it in the chat and in e-mails." error={at("app")}>
        {(props) => (
          <input
            {...props}
            name="app"
            autoComplete="organization"
            value={draft.company}
            onChange={(e) => set({ company: e.target.value })}
          />
        )}
      </Field>
      <Field
        label="Short name of the company"
        help="Lower-case letters, digits and hyphens. It stands in the embed code and never changes."
        error={at("domain")}
      >
        {(props) => (
          <input
            {...props}
            name="domain"
            autoComplete="off"
            spellCheck={false}
            autoCapitalize="none"
            value={draft.domain || domainOf(draft.company)}
            onChange={(e) => set({ domain: e.target.value })}
          />
        )}
      </Field>
      <Field
        label="Your site (optional)"
        help="Where the chat may appear, for example https://www.example.com."
        error={at("allowed_origins")}
      >
        {(props) => (
          <input
            {...props}
            name="origin"
            inputMode="url"
            autoComplete="url"
            spellCheck={false}
            value={draft.origin}
            onChange={(e) => set({ origin: e.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function Administrator({ draft, set, at }: PartProps) {
  return (
    <>
      <Field
        label="Your name"
        help="Colleagues read it, and so do visitors unless you set a nickname."
        error={at("name")}
      >
        {(props) => (
          <input
            {...props}
            name="name"
            autoComplete="name"
            value={draft.name}
            onChange={(e) => set({ name: e.target.value })}
          />
        )}
      </Field>
      <Field label="Your e-mail address" help="You sign in with it." error={at("email")}>
        {(props) => (
          <input
            {...props}
            name="email"
            type="email"
            autoComplete="username"
            value={draft.email}
            onChange={(e) => set({ email: e.target.value })}
          />
        )}
      </Field>
      <NewPasswordField
        label="Password"
        name="password"
        value={draft.password}
        set={(password) => set({ password })}
        error={at("password")}
      />
    </>
  );
}
