import { type FormEvent, useRef, useState } from "react";
import type { TriedRule } from "../../shared/agent";
import { nameOf } from "../inbox/rows";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { moment } from "../time/format";
import { useNewest } from "./use-newest";
import type { Trying } from "./use-try";

interface Props {
  trying: Trying;
  trigger: string;
}

/** TryPanel tries the automation in a conversation and says why it would run there, or not. */
export function TryPanel({ trying, trigger }: Props) {
  const [text, setText] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (text.trim()) trying.choose(text.replace(/^\s*#/, ""));
  };
  const pick = (number: string) => {
    setText(number);
    trying.choose(number);
    box.current?.focus(); // what was pressed goes away
  };
  return (
    <section className="card try" aria-labelledby="try">
      <div>
        <h2 id="try">Try it</h2>
        <p className="help">In a conversation that exists. Nothing is done there.</p>
      </div>
      <form onSubmit={submit} noValidate>
        <Field label="Conversation" error={trying.error}>
          {(attributes) => (
            <div className="add-line">
              <input
                {...attributes}
                ref={box}
                inputMode="numeric"
                autoComplete="off"
                placeholder="Its number, such as 1042"
                value={text}
                onChange={(e) => setText(e.target.value)}
              />
              <Button type="submit" busy={trying.busy} disabled={!text.trim()}>
                Try
              </Button>
            </div>
          )}
        </Field>
      </form>
      <div role="status">
        {trying.issue && trying.unfinished && (
          <p className="small soft">Finish what is marked in the sentence. Then it is tried by itself.</p>
        )}
        {trying.result && <Verdict result={trying.result} trigger={trigger} />}
      </div>
      {!trying.issue && <Newest pick={pick} />}
      {trying.issue && (
        <div>
          <Button size="small" kind="quiet" onClick={() => pick("")}>
            Another conversation
          </Button>
        </div>
      )}
    </section>
  );
}

function Verdict({ result, trigger }: { result: TriedRule; trigger: string }) {
  const { runs, number, title, issue_id, text, at } = result;
  const failed = [...result.all, ...result.any].some((c) => !c.holds);
  return (
    <div className="verdict" data-runs={runs || undefined}>
      <p className="verdict-head">
        <Icon name={runs ? "check" : at ? "clock" : "x"} size={18} />
        <strong>{text}</strong>
      </p>
      <p className="small">
        <a href={paths.issue(issue_id)} target="_blank" rel="noreferrer" dir="auto">
          #{number} {title}
        </a>
      </p>
      {!runs && at !== undefined && at > 0 && (
        <p className="small">Its time comes {moment(Date.now(), at)}, if nothing else changes.</p>
      )}
      {!runs && failed && <p className="small">What is not so is marked in the sentence.</p>}
      {runs && trigger !== "time" && <p className="small">{whenWords[trigger]}</p>}
    </div>
  );
}

const whenWords: Record<string, string> = {
  new_issue: "As if the conversation began now.",
  update: "As if something changed there now.",
};

function Newest({ pick }: { pick: (number: string) => void }) {
  const rows = useNewest();
  if (rows.length === 0) return null;
  return (
    <div className="try-newest">
      <p className="legend">Or one of the newest</p>
      <ul>
        {rows.map((row) => (
          <li key={row.id}>
            <button type="button" className="try-row" onClick={() => pick(String(row.number))}>
              <span className="try-number">#{row.number}</span>
              <span className="ellipsis" dir="auto">
                {row.title || row.preview}
              </span>
              <span className="faint ellipsis" dir="auto">
                {nameOf(row)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
