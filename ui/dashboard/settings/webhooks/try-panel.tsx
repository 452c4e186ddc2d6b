import { type FormEvent, useId, useState } from "react";
import type { DeliveryDetail, TryWebhook, Webhook } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { useNewest } from "../../rules/use-newest";
import { ApiError, textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { errorAt, type Problem } from "../draft";
import { Section } from "../section";
import { type Draft, urlProblem } from "./draft";
import { Exchange } from "./exchange";
import { isTaken } from "./words";

interface Props {
  draft: Draft;
  /** Whose secrets sign it; a new webhook has none yet. */
  webhook?: Webhook;
}

/** TryPanel sends one request now, as the draft says, and shows it beside its answer. */
export function TryPanel({ draft, webhook }: Props) {
  const list = useId();
  const rows = useNewest();
  const [number, setNumber] = useState("");
  const { result, problem, busy, send } = useTry();
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void send({
      url: draft.url.trim(),
      event: draft.event,
      webhook_id: webhook?.id,
      number: Number(number.replace(/\D/g, "")) || undefined,
    });
  };
  const unplaced = problem && problem.field !== "number" ? problem.text : "";
  return (
    <Section
      title="Send a test"
      text={
        webhook
          ? "One request to the address above, signed like all others. Conditions do not matter, and it is not in the log."
          : "One request to the address above, before you add the webhook. It has no secret yet, so the test is not signed."
      }
    >
      <form className="webhook-try" onSubmit={submit} noValidate>
        <Field
          label="About"
          help="The number of a conversation, or nothing for an example."
          error={errorAt(problem, "number")}
        >
          {(props) => (
            <div className="add-line">
              <input
                {...props}
                list={list}
                inputMode="numeric"
                autoComplete="off"
                maxLength={12}
                placeholder="An example"
                value={number}
                onChange={(e) => setNumber(e.target.value)}
              />
              <Button type="submit" icon="send" busy={busy}>
                {busy ? "Sending…" : "Send a test"}
              </Button>
            </div>
          )}
        </Field>
        <datalist id={list}>
          {rows.map((row) => (
            <option key={row.id} value={row.number}>
              {row.title || row.preview}
            </option>
          ))}
        </datalist>
      </form>
      <div role="status">
        {unplaced && (
          <p className="callout bad">
            <Icon name="alert" /> <span>{unplaced}</span>
          </p>
        )}
        {result && <Verdict detail={result} />}
      </div>
      {result && <Exchange detail={result} />}
    </Section>
  );
}

function Verdict({ detail: { log } }: { detail: DeliveryDetail }) {
  const attempt = log[0];
  if (isTaken(attempt?.status)) {
    return (
      <p className="callout good">
        <Icon name="check" /> <span>Your program took it.</span>
      </p>
    );
  }
  return (
    <p className="callout bad">
      <Icon name="alert" />
      <span>{attempt?.problem || `Your program did not take it: it answered ${attempt?.status}.`}</span>
    </p>
  );
}

function useTry() {
  const { api } = useSession();
  const [result, setResult] = useState<DeliveryDetail | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (body: TryWebhook) => {
    const wrong = urlProblem(body.url);
    setResult(null);
    setProblem(wrong ? { field: "url", text: wrong } : null);
    if (wrong || busy) return;
    setBusy(true);
    try {
      setResult(await api.post<DeliveryDetail>("/webhooks/try", body));
    } catch (err) {
      setProblem({ field: err instanceof ApiError ? err.field : "", text: textOf(err) });
    } finally {
      setBusy(false);
    }
  };
  return { result, problem, busy, send };
}
