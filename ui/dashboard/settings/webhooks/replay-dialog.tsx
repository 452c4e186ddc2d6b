import { useId, useState } from "react";
import type { Replayed, Webhook } from "../../../shared/agent";
import { Field } from "../../parts/field";
import { FormDialog } from "../../parts/form-dialog";
import { Icon } from "../../parts/icon";
import { Toggle } from "../../parts/toggle";
import { useSession } from "../../session/session";
import { useNow } from "../../time/ticking";
import { type PeriodDraft, periodOf, periods } from "./period";
import { useReplay } from "./use-replay";
import { pathOf } from "./use-webhooks";

interface Props {
  webhook: Webhook;
  done: () => void;
  close: () => void;
  /** Where the focus goes afterwards. */
  back: () => HTMLElement | null;
}

/** ReplayDialog sends again what was made in a period. */
export function ReplayDialog({ webhook, done, close, back }: Props) {
  const { api } = useSession();
  const now = useNow(60_000);
  const [draft, setDraft] = useState<PeriodDraft>({ hours: 24, from: "", to: "", failed: true });
  const { busy, problem, setProblem, replay } = useReplay(done);
  const change = (part: Partial<PeriodDraft>) => {
    setDraft((d) => ({ ...d, ...part }));
    setProblem(null);
  };
  const submit = async () => {
    const { replay: body, problem: text } = periodOf(draft, now);
    if (!body) return setProblem({ field: "from", text });
    if (await replay(() => api.post<Replayed>(`${pathOf(webhook.id)}/replay`, body))) close();
  };
  const error = problem?.field === "from" || problem?.field === "to" ? problem.text : "";
  return (
    <FormDialog
      open
      title="Send a period again"
      text="Each delivery keeps its id and its content, so that your program can tell what it knows already. At most 10,000 at a time."
      action={busy ? "Asking…" : "Send again"}
      busy={busy}
      problem={problem}
      fields={["from", "to"]}
      submit={() => void submit()}
      close={close}
      back={back}
    >
      <Field label="What was made in" error={draft.hours > 0 ? error : ""}>
        {({ className: _, ...props }) => (
          <div className="select-box">
            <select
              {...props}
              className="select"
              value={draft.hours}
              onChange={(e) => change({ hours: Number(e.target.value) })}
            >
              {periods.map((p) => (
                <option key={p.hours} value={p.hours}>
                  {p.name}
                </option>
              ))}
            </select>
            <Icon name="down" size={16} />
          </div>
        )}
      </Field>
      {draft.hours === 0 && <Moments draft={draft} change={change} error={error} />}
      <OnlyFailed on={draft.failed} set={(failed) => change({ failed })} />
    </FormDialog>
  );
}

interface PartProps {
  draft: PeriodDraft;
  change: (part: Partial<PeriodDraft>) => void;
  error: string;
}

function Moments({ draft, change, error }: PartProps) {
  return (
    <div className="webhook-moments">
      <Field label="From" error={error}>
        {(props) => (
          <input
            {...props}
            type="datetime-local"
            value={draft.from}
            onChange={(e) => change({ from: e.target.value })}
          />
        )}
      </Field>
      <Field label="To">
        {(props) => (
          <input
            {...props}
            type="datetime-local"
            value={draft.to}
            onChange={(e) => change({ to: e.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function OnlyFailed({ on, set }: { on: boolean; set: (on: boolean) => void }) {
  const id = useId();
  return (
    <div className="switch-line">
      <Toggle on={on} set={set} labelledBy={id} describedBy={`${id}-help`} />
      <div>
        <span className="legend" id={id}>
          Only what did not arrive
        </span>
        <p className="help" id={`${id}-help`}>
          What was given up or dropped. Off: also what your program has taken.
        </p>
      </div>
    </div>
  );
}
