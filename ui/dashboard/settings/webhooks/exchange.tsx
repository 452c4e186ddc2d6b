import { useRef } from "react";
import type { Attempt, DeliveryDetail } from "../../../shared/agent";
import { CopyButton } from "../../parts/copy";
import { clockSeconds, full } from "../../time/format";
import { isTaken, spread, tookWords } from "./words";

const shown = 60_000; // characters of a body on the screen; copying gives all

/** Exchange is what we send and what came back, side by side. */
export function Exchange({ detail }: { detail: DeliveryDetail }) {
  return (
    <div className="exchange">
      <Request detail={detail} />
      <section aria-label="What came back">
        <h3>What came back</h3>
        {detail.log.length === 0 ? (
          <p className="small soft">Nothing yet: it was not tried.</p>
        ) : (
          <ol className="attempts">
            {detail.log.map((attempt) => (
              <AttemptItem key={`${attempt.at} ${attempt.took_ms}`} attempt={attempt} />
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}

function Request({ detail: { url, headers, body } }: { detail: DeliveryDetail }) {
  const code = useRef<HTMLElement>(null);
  const text = spread(body);
  return (
    <section aria-label="What we send">
      <div className="exchange-head">
        <h3>What we send</h3>
        {body && <CopyButton text={text} what="The content" shown={code} small />}
      </div>
      <div className="exchange-url">
        <strong>POST</strong> {url}
      </div>
      <details className="exchange-headers">
        <summary>Headers ({Object.keys(headers).length})</summary>
        <dl>
          {Object.entries(headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {body ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it
        <pre className="code exchange-body" tabIndex={0}>
          <code ref={code}>{text.slice(0, shown)}</code>
          {text.length > shown && "\n…"}
        </pre>
      ) : (
        <p className="small soft">The content is no longer kept.</p>
      )}
    </section>
  );
}

function AttemptItem({ attempt: { at, took_ms, status, answer, problem } }: { attempt: Attempt }) {
  return (
    <li className="attempt">
      <div className="attempt-head">
        <span className={isTaken(status) ? "chip good" : "chip bad"}>{status || "No answer"}</span>
        <time dateTime={new Date(at).toISOString()} title={full(at)}>
          {clockSeconds(at)}
        </time>
        <span className="faint">after {tookWords(took_ms)}</span>
      </div>
      {problem && <p className="small">{problem}</p>}
      {answer && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it
        <pre className="code attempt-answer" tabIndex={0}>
          {spread(answer)}
        </pre>
      )}
    </li>
  );
}
