import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Queue, Queues, SetQueue } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { useMe, useSession } from "../../session/session";
import { tidied } from "../../texts/local-text";
import { LocalTextField } from "../../texts/local-text-field";
import { errorAt, type Problem } from "../draft";
import { SwitchRow } from "../switch-row";
import { useAdding } from "../use-adding";
import { PeopleField } from "./people-field";
import { type Draft, draftOf, limitOf, nextChoices, noQueue } from "./words";

interface Props {
  /** The queue to change; none for a new one. */
  queue?: Queue;
  queues: Queue[];
  done: (list: Queues | null) => void;
}

const placed = ["name", "agents", "limit", "message", "fallback_id"];
const badLimit: Problem = { field: "limit", text: "Write a number from 1 to 1000, or nothing for no limit." };

/** QueueEditor makes a queue or changes one. */
export function QueueEditor({ queue, queues, done }: Props) {
  const { api } = useSession();
  const me = useMe();
  const [draft, setDraft] = useState<Draft>(() => (queue ? draftOf(queue, me.agents) : noQueue));
  const [mistake, setMistake] = useState<Problem | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem: refused, add } = useAdding();
  const corrected = mistake && !Number.isNaN(limitOf(draft.limit));
  const problem = corrected ? null : (mistake ?? refused);
  const change = (part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part }));
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const limit = limitOf(draft.limit);
    setMistake(Number.isNaN(limit) ? badLimit : null);
    if (Number.isNaN(limit)) return;
    const said = draft.message && tidied(draft.message);
    const message = said && (said.text.trim() || said.in) ? said : undefined;
    const body: SetQueue = { ...draft, limit, message, fallback_id: draft.fallback_id || undefined };
    const text = `The queue “${draft.name.trim()}” is ${queue ? "saved" : "added"}.`;
    const list = await add(
      () =>
        queue
          ? api.put<Queues>(`/queues/${encodeURIComponent(queue.id)}`, body)
          : api.post<Queues>("/queues", body),
      text,
    );
    if (list) done(list);
  };
  return (
    <form
      ref={form}
      className="card queue-editor"
      onSubmit={submit}
      noValidate
      aria-label={queue ? `Edit ${queue.name}` : "New queue"}
    >
      <h2>{queue ? `Edit ${queue.name}` : "New queue"}</h2>
      <Field label="Name" error={errorAt(problem, "name")}>
        {(props) => (
          <input
            {...props}
            autoComplete="off"
            maxLength={60}
            placeholder="Billing"
            value={draft.name}
            onChange={(e) => change({ name: e.target.value })}
          />
        )}
      </Field>
      <PeopleField
        chosen={draft.agents}
        set={(agents) => change({ agents })}
        error={errorAt(problem, "agents")}
      />
      <Giving draft={draft} change={change} problem={problem} />
      <Nobody id={queue?.id ?? ""} queues={queues} draft={draft} change={change} problem={problem} />
      {problem && !placed.includes(problem.field) && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> {problem.text}
        </p>
      )}
      <div className="edit-actions">
        <Button type="submit" kind="primary" busy={busy}>
          {queue ? "Save" : "Add the queue"}
        </Button>
        <Button disabled={busy} onClick={() => done(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  problem: Problem | null;
}

/** Giving is how conversations come to people. */
function Giving({ draft, change, problem }: PartProps) {
  return (
    <SwitchRow
      title="Assign automatically"
      text="The visitor who waits longest goes to the available person who has been given none for the longest time. Off: people take from the queue by hand."
      on={draft.auto_assign}
      set={(auto_assign) => change({ auto_assign })}
    >
      {draft.auto_assign && (
        <Field
          label="Limit of open conversations for each person"
          help="At this number they are given no more. It counts all they have, from every queue. Empty for no limit."
          error={errorAt(problem, "limit")}
        >
          {(props) => (
            <input
              {...props}
              className="input amount"
              inputMode="numeric"
              autoComplete="off"
              value={draft.limit}
              onChange={(e) => change({ limit: e.target.value })}
            />
          )}
        </Field>
      )}
    </SwitchRow>
  );
}

/** Nobody is what happens when nobody can take a conversation. */
function Nobody({ id, queues, draft, change, problem }: PartProps & { id: string; queues: Queue[] }) {
  return (
    <>
      <Field
        label="When all are away"
        help="People who have only reached their limit are not away: then conversations wait here."
        error={errorAt(problem, "fallback_id")}
      >
        {(props) => (
          <div className="select-box">
            <select
              {...props}
              className="select"
              value={draft.fallback_id ?? ""}
              onChange={(e) => change({ fallback_id: e.target.value })}
            >
              <option value="">Conversations wait here</option>
              {nextChoices(id, queues).map((q) => (
                <option key={q.id} value={q.id}>
                  They move on to {q.name}
                </option>
              ))}
            </select>
            <Icon name="down" size={16} />
          </div>
        )}
      </Field>
      <LocalTextField
        label="Message to visitors"
        help="Said once, when a conversation comes in and nobody can take it: all are away, or have reached their limit. Empty to say nothing."
        value={draft.message ?? { text: "" }}
        onChange={(message) => change({ message })}
        maxLength={2000}
        error={errorAt(problem, "message")}
      />
    </>
  );
}
