import { useEffect, useState } from "react";
import type { BulkFailure } from "../../shared/agent";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { type Outcome, reasonsOf, words } from "./bulk";

interface Props {
  outcome: Outcome;
  again?: () => void;
  dismiss: () => void;
}

/** BulkResultLine tells how far a bulk edit has come, and in the end what was not changed and why. */
export function BulkResultLine({ outcome, again, dismiss }: Props) {
  const bad = outcome.failed.length > 0 || outcome.broken !== undefined;
  const good = !outcome.running && !bad;
  useEffect(() => {
    if (!good) return;
    const timer = setTimeout(dismiss, 6000);
    return () => clearTimeout(timer);
  }, [good, dismiss]);
  if (outcome.running) return <Progress outcome={outcome} />;
  return (
    <div className="bulk-result" role="status" data-bad={bad ? "" : undefined}>
      <div className="bulk-result-line">
        <Icon name={bad ? "alert" : "check"} size={16} />
        <p>{words(outcome)}</p>
        {again && (
          <Button size="small" icon="refresh" onClick={again}>
            {`Do the other ${outcome.broken?.left.length}`}
          </Button>
        )}
        <Button size="small" kind="quiet" icon="x" aria-label="Close" onClick={dismiss} />
      </div>
      {outcome.failed.length > 0 && (
        <ul className="bulk-reasons">
          {reasonsOf(outcome.failed).map(({ text, issues }) => (
            <Reason key={text} text={text} issues={issues} />
          ))}
        </ul>
      )}
    </div>
  );
}

const few = 8;

function Reason({ text, issues }: { text: string; issues: BulkFailure[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? issues : issues.slice(0, few);
  return (
    <li>
      {text}{" "}
      {shown.map((f, i) => (
        <span key={f.issue_id}>
          {i > 0 && ", "}
          <Link href={paths.issue(f.issue_id)}>{f.number ? `#${f.number}` : "one"}</Link>
        </span>
      ))}
      {issues.length > shown.length && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          {` and ${issues.length - shown.length} more`}
        </button>
      )}
    </li>
  );
}

function Progress({ outcome }: { outcome: Outcome }) {
  const { done, total } = outcome;
  return (
    <div className="bulk-result" role="status">
      <div className="bulk-result-line">
        <span className="spinner" aria-hidden="true" />
        <p>{`Changing ${total === 1 ? "1 conversation" : `${total} conversations`}…`}</p>
        <span className="faint small">{`${done} of ${total}`}</span>
      </div>
      <progress className="bulk-progress" max={total} value={done} aria-label="Progress" />
    </div>
  );
}
