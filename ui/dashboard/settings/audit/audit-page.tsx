import { useMemo } from "react";
import type { AuditEntry } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { Button } from "../../parts/button";
import { Heading } from "../../parts/heading";
import { paths } from "../../router/route";
import { useRouter } from "../../router/router";
import { Failed } from "../../shell/failed";
import { clock, day, full } from "../../time/format";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import "../lists.css";
import { everything, filterOf, isNarrowed, searchOf } from "./filter";
import { Filters } from "./filters";
import { useAudit } from "./use-audit";
import { actWords } from "./words";

export function AuditPage() {
  const { search, navigate } = useRouter();
  const filter = useMemo(() => filterOf(search), [search]);
  const { entries, next, loading, error, more, retry } = useAudit(filter);
  const set = (f: typeof filter) => navigate(paths.audit + searchOf(f), { replace: true });
  const people = useMemo(
    () => (entries ?? []).map((e) => ({ id: e.agent_id, name: e.agent_name })),
    [entries],
  );
  return (
    <div className="settings-body wide">
      <Crumbs list={[{ text: "Settings" }, { text: "Audit log" }]} />
      <Heading title="Audit log">Audit log</Heading>
      <p className="soft">
        What changed in settings and in the team, newest first. Nobody can change or delete it.
      </p>
      <Filters filter={filter} people={people} set={set} />
      {!entries && (error ? <Failed text={error} retry={retry} /> : <PageSkeleton />)}
      {entries && entries.length === 0 && isNarrowed(filter) && <NoMatch clear={() => set(everything)} />}
      {entries && (entries.length > 0 || !isNarrowed(filter)) && <Entries entries={entries} />}
      <div className="audit-foot">
        {entries && error && (
          <p className="soft small" role="alert">
            {error}
          </p>
        )}
        {entries && next && (
          <Button busy={loading} onClick={more}>
            {loading ? "Loading…" : error ? "Try again" : "Show earlier entries"}
          </Button>
        )}
      </div>
    </div>
  );
}

function NoMatch({ clear }: { clear: () => void }) {
  return (
    <div className="card">
      <Blank
        icon="search"
        title="Nothing like this"
        action={<Button onClick={clear}>Clear the filters</Button>}
      >
        No entry has this person, act and period.
      </Blank>
    </div>
  );
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  if (entries.length === 0) {
    return (
      <div className="card">
        <Blank icon="history" title="Nothing yet">
          When an administrator changes settings or looks at a secret, it is noted here.
        </Blank>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it
    <section className="card table-box audit-table" tabIndex={0} aria-label="Audit log">
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">About</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((e) => (
            <tr key={e.id}>
              <td>
                <time dateTime={new Date(e.created_at).toISOString()} title={full(e.created_at)}>
                  {clock(e.created_at)} <span className="audit-day">{day(e.created_at)}</span>
                </time>
              </td>
              <td>{e.agent_name}</td>
              <th scope="row">{actWords(e.act)}</th>
              <td>
                {e.target}
                <Details lines={e.details ?? []} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Details are what changed, a line each. */
function Details({ lines }: { lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="audit-details">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
