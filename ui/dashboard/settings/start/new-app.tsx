import { type FormEvent, useEffect, useRef, useState } from "react";
import type { App, NewApp as Body } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { useRouter } from "../../router/router";
import { useSession } from "../../session/session";
import { errorAt, originProblem } from "../draft";
import { useAdding } from "../use-adding";

const placed = ["name", "allowed_origins"];

/** NewApp makes an app and leads to its page, where the way goes on. */
export function NewApp({ cancel }: { cancel: () => void }) {
  const { api } = useSession();
  const { navigate } = useRouter();
  const [name, setName] = useState("");
  const [origin, setOrigin] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, add } = useAdding();
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const body: Body = { name, allowed_origins: origin.trim() ? [origin.trim()] : [] };
    const app = await add(() => api.post<App>("/apps", body), `The app “${name.trim()}” is made.`);
    if (app) navigate(paths.app(app.id));
  };
  return (
    <form ref={form} className="card" onSubmit={submit} noValidate aria-labelledby="new-app">
      <h2 id="new-app">New app</h2>
      <Field
        label="Name"
        help="Of the product or shop. Visitors read it in the chat and in e-mails."
        error={errorAt(problem, "name")}
      >
        {(props) => (
          <input {...props} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />
        )}
      </Field>
      <Field
        label="Site (optional)"
        help="Where the chat may appear, for example https://www.example.com. You can add more later."
        error={errorAt(problem, "allowed_origins") || originProblem(origin)}
      >
        {(props) => (
          <input
            {...props}
            inputMode="url"
            spellCheck={false}
            autoComplete="off"
            value={origin}
            onChange={(e) => setOrigin(e.target.value)}
          />
        )}
      </Field>
      {problem && !placed.includes(problem.field) && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> {problem.text}
        </p>
      )}
      <div className="edit-actions">
        <Button type="submit" kind="primary" busy={busy}>
          Make the app
        </Button>
        <Button disabled={busy} onClick={cancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
