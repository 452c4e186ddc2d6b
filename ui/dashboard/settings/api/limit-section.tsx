import { type FormEvent, useState } from "react";
import type { APIKeys } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { useSession } from "../../session/session";
import type { Problem } from "../draft";
import { Section } from "../section";
import { useAdding } from "../use-adding";
import { leastLimit, limitOf, mostLimit } from "./words";

interface Props {
  perMinute: number;
  set: (list: APIKeys) => void;
}

const bad: Problem = {
  field: "per_minute",
  text: `Write a number from ${leastLimit} to ${mostLimit.toLocaleString("en-GB")}.`,
};

/** LimitSection is how many requests a key may make. */
export function LimitSection({ perMinute, set }: Props) {
  const { api } = useSession();
  const { busy, problem, add } = useAdding();
  const [text, setText] = useState(String(perMinute));
  const [mistake, setMistake] = useState<Problem | null>(null);
  const limit = limitOf(text);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    setMistake(Number.isNaN(limit) ? bad : null);
    if (Number.isNaN(limit)) return;
    const done = `Each key may make ${limit.toLocaleString("en-GB")} requests a minute.`;
    const list = await add(() => api.put<APIKeys>("/api-keys/limit", { per_minute: limit }), done);
    if (list) set(list);
  };
  const error = Number.isNaN(limit) ? mistake?.text : problem?.text;
  return (
    <Section
      title="Limit"
      text="What a key asks for beyond it is refused until the minute is over, and the answer says when to go on. It keeps a program that has gone wrong from slowing everybody down."
    >
      <form onSubmit={submit} noValidate>
        <Field label="Requests a minute, for each key" error={error}>
          {(props) => (
            <div className="add-line">
              <input
                {...props}
                className="input amount"
                inputMode="numeric"
                autoComplete="off"
                value={text}
                onChange={(e) => setText(e.target.value)}
              />
              <Button type="submit" busy={busy} disabled={limit === perMinute}>
                {busy ? "Saving…" : "Save"}
              </Button>
            </div>
          )}
        </Field>
      </form>
    </Section>
  );
}
