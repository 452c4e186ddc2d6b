import { RadioGroup } from "radix-ui";
import { useId, useState } from "react";
import type { Bot, BotLine } from "../../shared/agent";
import { Field } from "../parts/field";
import { FormDialog } from "../parts/form-dialog";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { useSession } from "../session/session";
import { useAdding } from "../settings/use-adding";
import { botKinds } from "./words";

interface Props {
  /** What it begins as a copy of. */
  from?: BotLine;
  /** The names that are taken. */
  names: string[];
  close: () => void;
  back: () => HTMLElement | null;
}

/** NewBotDialog makes a bot and opens it. */
export function NewBotDialog({ from, names, close, back }: Props) {
  const { api } = useSession();
  const { navigate } = useRouter();
  const { busy, problem, add } = useAdding();
  const [name, setName] = useState(from ? copyName(from.name, names) : "");
  const [kind, setKind] = useState(from?.kind ?? "custom");
  const submit = async () => {
    const body = { name: name.trim(), kind, ...(from ? { from: from.id } : {}) };
    const bot = await add(
      () => api.post<Bot>("/bots", body),
      `“${body.name}” is there. Nobody meets it before you publish it.`,
    );
    if (bot) navigate(paths.bot(bot.id));
  };
  return (
    <FormDialog
      open
      title={from ? `Copy “${from.name}”` : "New bot"}
      action={from ? "Copy" : "Make it"}
      busy={busy}
      problem={problem}
      fields={["name"]}
      submit={() => void submit()}
      close={close}
      back={back}
    >
      <Field
        label="Name"
        help="For your team. What visitors read as its name you choose later."
        error={problem?.field === "name" ? problem.text : undefined}
      >
        {(props) => (
          <input
            {...props}
            maxLength={60}
            autoComplete="off"
            placeholder="Order questions"
            value={name}
            onChange={(e) => setName(e.target.value)}
          />
        )}
      </Field>
      {!from && <Kinds kind={kind} set={setKind} />}
    </FormDialog>
  );
}

function Kinds({ kind, set }: { kind: string; set: (kind: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <span className="legend" id={id}>
        What it does
      </span>
      <RadioGroup.Root className="radios" aria-labelledby={id} value={kind} onValueChange={set}>
        {Object.entries(botKinds).map(([value, words]) => (
          <div key={value} className="radio">
            <RadioGroup.Item
              className="radio-button"
              id={`${id}-${value}`}
              value={value}
              aria-describedby={`${id}-${value}-help`}
            >
              <RadioGroup.Indicator className="radio-dot" />
            </RadioGroup.Item>
            <div>
              <label htmlFor={`${id}-${value}`}>{words.name}</label>
              <p className="help" id={`${id}-${value}-help`}>
                {words.about}
              </p>
            </div>
          </div>
        ))}
      </RadioGroup.Root>
    </div>
  );
}

/** copyName is a name for a copy that is not taken yet. */
export function copyName(name: string, taken: readonly string[]): string {
  const held = new Set(taken.map((n) => n.toLowerCase()));
  for (let n = 1; ; n++) {
    const tail = n === 1 ? " (copy)" : ` (copy ${n})`;
    const next = name.slice(0, 60 - tail.length) + tail;
    if (!held.has(next.toLowerCase())) return next;
  }
}
