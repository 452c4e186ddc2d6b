import { Dialog } from "radix-ui";
import { type FormEvent, useId, useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Toggle } from "../parts/toggle";
import { textOf } from "../session/api";

interface Props {
  open: boolean;
  title: string;
  name: string;
  action: string;
  /** Whether to ask if the team shall see it. */
  canShare?: boolean;
  save: (name: string, shared: boolean) => Promise<unknown>;
  close: () => void;
}

/** NameDialog asks for the name of a Smart View, and saves it. */
export function NameDialog(props: Props) {
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => !open && props.close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title asChild>
            <h2>{props.title}</h2>
          </Dialog.Title>
          <NameForm {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function NameForm({ name: first, action, canShare, save, close }: Props) {
  const [name, setName] = useState(first);
  const [shared, setShared] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const id = useId();
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    if (busy) return;
    if (!name.trim()) return setError("Give it a name.");
    setBusy(true);
    try {
      await save(name.trim(), shared);
      close();
    } catch (err) {
      setBusy(false);
      setError(textOf(err));
    }
  };
  return (
    <form className="smart-form" onSubmit={submit} noValidate>
      <Field label="Name" error={error}>
        {(field) => (
          <input {...field} value={name} maxLength={60} onChange={(e) => setName(e.target.value)} />
        )}
      </Field>
      {canShare && (
        <div className="smart-share">
          <span id={id}>Share with the whole team</span>
          <Toggle on={shared} set={setShared} labelledBy={id} />
        </div>
      )}
      <div className="dialog-actions">
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
