import { type FormEvent, useState } from "react";
import type { App } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { useGuard } from "../../router/router";
import { useSession } from "../../session/session";
import { useAdding } from "../use-adding";

/** NameCard renames an app. */
export function NameCard({ app, set }: { app: App; set: (app: App) => void }) {
  const { api } = useSession();
  const [name, setName] = useState(app.name);
  const { busy, problem, add } = useAdding();
  const changed = name.trim() !== app.name;
  useGuard(changed);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (!changed) return;
    const saved = await add(
      () => api.put<App>(`/apps/${encodeURIComponent(app.id)}`, { name }),
      "The app is renamed.",
    );
    if (!saved) return;
    setName(saved.name);
    set(saved);
  };
  return (
    <form className="card" onSubmit={submit} noValidate>
      <Field
        label="Name of the app"
        help="Visitors read it in the chat and in e-mails."
        error={problem?.text}
      >
        {(props) => (
          <div className="add-line">
            <input {...props} autoComplete="off" value={name} onChange={(e) => setName(e.target.value)} />
            <Button type="submit" disabled={!changed} busy={busy}>
              Rename
            </Button>
          </div>
        )}
      </Field>
    </form>
  );
}
