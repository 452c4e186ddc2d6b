import { RadioGroup } from "radix-ui";
import { useId, useState } from "react";
import type { SetPaused, Webhook, Webhooks } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { FieldError } from "../../parts/field";
import { FormDialog } from "../../parts/form-dialog";
import { useSession } from "../../session/session";
import { useAdding } from "../use-adding";
import { pathOf } from "./use-webhooks";
import { waitingWords } from "./words";

interface Props {
  webhook: Webhook;
  set: (list: Webhooks) => void;
}

/** Pausing stops a webhook, and lets it go on: with what has waited or without it. */
export function Pausing({ webhook: w, set }: Props) {
  const { api } = useSession();
  const { busy, problem, add } = useAdding();
  const [asking, setAsking] = useState(false);
  const send = async (body: SetPaused, done: string) => {
    const list = await add(() => api.post<Webhooks>(`${pathOf(w.id)}/pause`, body), done);
    if (!list) return;
    setAsking(false);
    set(list);
  };
  const goOn = (drop: boolean) => send({ paused: false, drop }, `“${w.title}” sends again.`);
  const press = () => {
    if (!w.paused) return void send({ paused: true }, `“${w.title}” is paused.`);
    if (w.waiting > 0) return setAsking(true);
    void goOn(false);
  };
  return (
    <>
      <Button
        kind={w.paused ? "primary" : "plain"}
        icon={w.paused ? "play" : "hold"}
        busy={busy}
        onClick={press}
      >
        {w.paused ? "Go on" : "Pause"}
      </Button>
      {problem && !asking && <FieldError text={problem.text} />}
      {asking && (
        <GoOnDialog
          waiting={w.waiting}
          busy={busy}
          problem={problem}
          submit={goOn}
          close={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface DialogProps {
  waiting: number;
  busy: boolean;
  problem: { field: string; text: string } | null;
  submit: (drop: boolean) => void;
  close: () => void;
}

const ways = [
  { value: "send", name: "Send it, in its order", text: "Your program learns what it has missed." },
  {
    value: "drop",
    name: "Do not send it",
    text: "It stays in the log for 30 days after it happened, and can be sent from there.",
  },
];

/** GoOnDialog asks what becomes of what has waited. */
function GoOnDialog({ waiting, busy, problem, submit, close }: DialogProps) {
  const id = useId();
  const [way, setWay] = useState("send");
  return (
    <FormDialog
      open
      title="Go on sending"
      text={<span id={id}>{waitingWords(waiting)}. What is to become of it?</span>}
      action="Go on"
      busy={busy}
      problem={problem}
      submit={() => submit(way === "drop")}
      close={close}
    >
      <RadioGroup.Root className="radios" aria-labelledby={id} value={way} onValueChange={setWay}>
        {ways.map((w) => (
          <div className="radio" key={w.value}>
            <RadioGroup.Item
              className="radio-button"
              id={`${id}-${w.value}`}
              value={w.value}
              aria-describedby={`${id}-${w.value}-help`}
            >
              <RadioGroup.Indicator className="radio-dot" />
            </RadioGroup.Item>
            <div>
              <label htmlFor={`${id}-${w.value}`}>{w.name}</label>
              <p className="help" id={`${id}-${w.value}-help`}>
                {w.text}
              </p>
            </div>
          </div>
        ))}
      </RadioGroup.Root>
    </FormDialog>
  );
}
