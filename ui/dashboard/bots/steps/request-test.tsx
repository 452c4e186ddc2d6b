import { useId, useState } from "react";
import type { Request, TestedRequest } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { useBench } from "../bench";
import { namesIn } from "../placeholders";
import { objectOf, pretty } from "../sample";
import type { RequestProps } from "./edit-request";

/** RequestTest asks the program for real, from our server, and keeps what it answered as the example that texts, branches and the preview use. */
export function RequestTest({ step, request, put }: RequestProps) {
  const { api } = useSession();
  const { path, placeholders } = useBench();
  const [given, setGiven] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState<TestedRequest | null>(null);
  const [error, setError] = useState("");
  const names = namesIn(request);
  const values = Object.fromEntries(
    names.map((n) => [n, given[n] ?? placeholders.find((p) => p.name === n)?.sample ?? ""]),
  );
  const test = async () => {
    setBusy(true);
    setError("");
    try {
      const answer = await api.post<TestedRequest>(`${path}/request`, {
        step_id: step.id,
        request: sent(request),
        values,
      });
      setTested(answer);
      if (answer.ok && objectOf(answer.body ?? "")) put({ sample: pretty(answer.body ?? "") });
    } catch (err) {
      setTested(null);
      setError(textOf(err));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="request-test" aria-label="Test">
      <div className="request-test-head">
        <div>
          <h3>Test it</h3>
          <p className="help">Our server asks your program for real.</p>
        </div>
        <Button icon="play" busy={busy} disabled={!request.url} onClick={() => void test()}>
          Test
        </Button>
      </div>
      {names.length > 0 && (
        <div className="request-values">
          {names.map((name) => (
            <TestValue
              key={name}
              name={name}
              value={values[name] ?? ""}
              set={(v) => setGiven({ ...given, [name]: v })}
            />
          ))}
        </div>
      )}
      {error && <FieldError text={error} />}
      {tested && <Answer tested={tested} />}
      <SampleField sample={request.sample ?? ""} set={(sample) => put({ sample }, "sample")} />
    </section>
  );
}

/** sent is the request as it is tested: rows that were left empty are none. */
const sent = ({ headers = [], body = [], ...rest }: Request): Request => ({
  ...rest,
  headers: headers.filter((h) => h.name.trim()),
  body: body.filter((b) => b.name.trim()),
});

function TestValue({ name, value, set }: { name: string; value: string; set: (value: string) => void }) {
  const id = useId();
  return (
    <div className="request-value">
      <label htmlFor={id}>
        <code>{`{{${name}}}`}</code>
      </label>
      <input id={id} className="input" dir="auto" value={value} onChange={(e) => set(e.target.value)} />
    </div>
  );
}

function Answer({ tested }: { tested: TestedRequest }) {
  const { ok, status, problem, body, paths = [], duration } = tested;
  return (
    <div className="request-answer" role="status">
      <p className={ok ? "request-ok" : "request-bad"}>
        <Icon name={ok ? "check" : "alert"} size={16} />
        <span>
          {ok ? "It works" : (problem ?? "It fails")}
          {status ? ` · ${status}` : ""} · {duration.toLocaleString()} ms
        </span>
      </p>
      {ok && (
        <p className="help">
          {paths.length > 0
            ? `It brings ${paths.length === 1 ? "1 value" : `${paths.length} values`} that texts and branches can use: ${paths.slice(0, 8).join(", ")}${paths.length > 8 ? "…" : ""}`
            : "It brings nothing that texts and branches could use."}
        </p>
      )}
      {!ok && body && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it
        <pre className="code request-body" tabIndex={0} dir="ltr">
          {pretty(body)}
        </pre>
      )}
    </div>
  );
}

/** SampleField is the newest answer. It can be written by hand, too, before the program is there. */
function SampleField({ sample, set }: { sample: string; set: (sample: string) => void }) {
  const id = useId();
  const wrong = sample.trim() !== "" && !objectOf(sample);
  return (
    <details className="sample">
      <summary>
        <Icon name="right" size={14} className="limits-arrow mirror" /> Example of an answer
        <span className="help">{sample ? "" : " · none yet"}</span>
      </summary>
      <label htmlFor={id} className="help">
        The preview goes on with it, and its values can be put into texts. A test writes it; so can you.
      </label>
      <textarea
        id={id}
        className="input sample-box"
        dir="ltr"
        rows={8}
        spellCheck={false}
        aria-invalid={wrong || undefined}
        placeholder={'{ "order": { "state": "shipped" } }'}
        value={sample}
        onChange={(e) => set(e.target.value)}
      />
      {wrong && <FieldError text="This is no JSON object. It begins with { and ends with }." />}
    </details>
  );
}
