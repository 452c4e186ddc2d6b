import { RadioGroup } from "radix-ui";
import { useId, useState } from "react";
import type { APIKeys, NewAPIKey } from "../../../shared/agent";
import { Field } from "../../parts/field";
import { FormDialog } from "../../parts/form-dialog";
import { useSession } from "../../session/session";
import { errorAt } from "../draft";
import { useAdding } from "../use-adding";
import { accesses } from "./words";

interface Props {
  set: (list: APIKeys, name: string) => void;
  close: () => void;
}

/** NewKeyDialog asks what a new key is for. */
export function NewKeyDialog({ set, close }: Props) {
  const { api } = useSession();
  const { busy, problem, add } = useAdding();
  const [name, setName] = useState("");
  const [access, setAccess] = useState("read");
  const submit = async () => {
    const body: NewAPIKey = { name: name.trim(), access };
    const list = await add(() => api.post<APIKeys>("/api-keys", body), `The key of ${name.trim()} is made.`);
    if (!list) return;
    close();
    set(list, name.trim());
  };
  return (
    <FormDialog
      open
      title="New API key"
      action={busy ? "Making…" : "Make the key"}
      busy={busy}
      problem={problem}
      fields={["name"]}
      submit={submit}
      close={close}
    >
      <Field label="Which program uses it" help="Your team reads this name." error={errorAt(problem, "name")}>
        {(props) => (
          <input
            {...props}
            autoComplete="off"
            maxLength={60}
            placeholder="Warehouse"
            value={name}
            onChange={(e) => setName(e.target.value)}
          />
        )}
      </Field>
      <AccessField value={access} set={setAccess} />
    </FormDialog>
  );
}

function AccessField({ value, set }: { value: string; set: (access: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <p className="legend" id={id}>
        What it may do
      </p>
      <RadioGroup.Root className="radios" aria-labelledby={id} value={value} onValueChange={set}>
        {accesses.map((a) => (
          <div className="radio" key={a.access}>
            <RadioGroup.Item
              className="radio-button"
              id={`${id}-${a.access}`}
              value={a.access}
              aria-describedby={`${id}-${a.access}-help`}
            >
              <RadioGroup.Indicator className="radio-dot" />
            </RadioGroup.Item>
            <div>
              <label htmlFor={`${id}-${a.access}`}>{a.name}</label>
              <p className="help" id={`${id}-${a.access}-help`}>
                {a.text}
              </p>
            </div>
          </div>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
