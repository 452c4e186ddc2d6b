import { useState } from "react";
import type { Difference, Simulation } from "../../../shared/agent";
import { Columns } from "../../charts/columns";
import { count } from "../../charts/scale";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { shortDay, wholeDay } from "../../reports/days";
import { paths } from "../../router/route";
import { Link } from "../../router/router";
import { listOf, sentence } from "./words";

/** Outcome is what a simulation found. */
export function Outcome({ simulation: s }: { simulation: Simulation }) {
  if (s.conversations === 0) {
    return (
      <>
        <p className="soft">
          There is no conversation to try it on in this time: your team has not answered in any.
        </p>
        <Missing simulation={s} />
      </>
    );
  }
  return (
    <>
      <p className="simulator-sum" role="status">
        {sentence(s)}
      </p>
      <dl className="simulator-pair">
        <div>
          <dt>Mailed in fact</dt>
          <dd>{count(s.mailed)}</dd>
        </div>
        <div>
          <dt>With these settings</dt>
          <dd>{count(s.would)}</dd>
        </div>
      </dl>
      {s.mailed + s.would > 0 && (
        <Columns
          label="E-mails by day"
          by="Day"
          series={["Mailed in fact", "With these settings"]}
          columns={s.days.map((d) => ({
            key: d.day,
            short: shortDay(d.day),
            name: wholeDay(d.day),
            values: [d.mailed, d.would],
          }))}
        />
      )}
      <Differences simulation={s} />
      <Missing simulation={s} />
    </>
  );
}

const few = 5;

function Differences({ simulation: s }: { simulation: Simulation }) {
  const [all, setAll] = useState(false);
  const list = s.differences;
  if (list.length === 0) return null;
  const known = s.more + s.fewer + s.moved;
  return (
    <div className="simulator-list">
      <h3>Conversations that would be different</h3>
      <ul>
        {list.slice(0, all ? undefined : few).map((d) => (
          <Line key={d.issue_id} difference={d} />
        ))}
      </ul>
      {list.length > few && !all && (
        <Button kind="quiet" size="small" onClick={() => setAll(true)}>
          Show all {count(list.length)}
        </Button>
      )}
      {all && known > list.length && (
        <p className="small faint">
          These are the newest {count(list.length)} of {count(known)}.
        </p>
      )}
    </div>
  );
}

function Line({ difference: d }: { difference: Difference }) {
  return (
    <li>
      <Link href={paths.issue(d.issue_id)} target="_blank" rel="noopener">
        #{d.number} {d.title}
        <Icon name="external" size={12} className="inline-icon" />
        <span className="hidden-text"> (opens a new tab)</span>
      </Link>
      <span className="small faint">{d.user}</span>
      <dl className="small">
        <div>
          <dt>In fact</dt>
          <dd>{listOf(d.mailed, Date.now())}</dd>
        </div>
        <div>
          <dt>With these settings</dt>
          <dd>{listOf(d.would, Date.now())}</dd>
        </div>
      </dl>
    </li>
  );
}

/** Missing says what could not be looked at. */
function Missing({ simulation: s }: { simulation: Simulation }) {
  const conversations = (n: number) => `${count(n)} ${n === 1 ? "conversation" : "conversations"}`;
  return (
    <>
      {s.older > 0 && (
        <p className="small faint">
          Left out: {conversations(s.older)} from before this version kept what the simulator needs to know.
        </p>
      )}
      {s.left > 0 && (
        <p className="small faint">
          Left out: the {conversations(s.left)} that changed longest ago. There are too many to try.
        </p>
      )}
    </>
  );
}
