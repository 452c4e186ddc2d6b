import { useState } from "react";
import { Blank } from "../parts/blank";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { useMe } from "../session/session";
import { PageSkeleton } from "../settings/skeleton";
import { Failed } from "../shell/failed";
import { Frame, useScope } from "./frame";
import { MailFilters } from "./mail-filters";
import { MailLine } from "./mail-line";
import { apiQuery, withValue } from "./period";
import { useMails } from "./use-mails";

/** MailList is the page "What was mailed, and why not". */
export function MailList() {
  const { period, app } = useScope();
  const { search, navigate } = useRouter();
  const asked = new URLSearchParams(search);
  const filter = {
    state: asked.get("state") ?? "",
    reason: asked.get("reason") ?? "",
    q: asked.get("q") ?? "",
  };
  const query = apiQuery(period, app, filter);
  const narrowed = Boolean(filter.state || filter.reason || filter.q);
  const clear = () =>
    navigate(paths.mails + Object.keys(filter).reduce((s, key) => withValue(s, key, ""), search), {
      replace: true,
    });
  return (
    <Frame title="What was mailed" here={paths.mails}>
      <MailFilters filter={filter} file={`/agent/v1/mails.csv${query}`} />
      <Lines key={query} query={query} narrowed={narrowed} clear={clear} />
    </Frame>
  );
}

function Lines({ query, narrowed, clear }: { query: string; narrowed: boolean; clear: () => void }) {
  const { rows, next, loading, error, more, retry } = useMails(query);
  const me = useMe();
  const [now] = useState(Date.now);
  if (!rows) return error ? <Failed text={error} retry={retry} /> : <PageSkeleton />;
  if (rows.length === 0) return <Nothing narrowed={narrowed} clear={clear} />;
  return (
    <>
      <ul className="card mail-lines" aria-label="What was mailed, and why not">
        {rows.map((row) => (
          <MailLine key={row.follow_up.id} row={row} now={now} app={appName(me.apps, row.app_id)} />
        ))}
      </ul>
      <div className="report-foot">
        {error && (
          <p className="soft small" role="alert">
            {error}
          </p>
        )}
        {next && (
          <Button busy={loading} onClick={more}>
            {loading ? "Loading…" : error ? "Try again" : "Show earlier ones"}
          </Button>
        )}
        {!next && (
          <p className="faint small">
            <Icon name="check" size={14} className="inline-icon" /> That is all of this time.
          </p>
        )}
      </div>
    </>
  );
}

/** appName is said only where there are several. */
const appName = (apps: { id: string; name: string }[], id: string) =>
  apps.length > 1 ? (apps.find((a) => a.id === id)?.name ?? "") : "";

function Nothing({ narrowed, clear }: { narrowed: boolean; clear: () => void }) {
  return (
    <div className="card">
      {narrowed ? (
        <Blank
          icon="search"
          title="Nothing like this"
          action={<Button onClick={clear}>Clear the filters</Button>}
        >
          No answer of this period has this state, reason and address.
        </Blank>
      ) : (
        <Blank icon="mail" title="Nothing to mail in this time">
          Every answer that waits to be read while Follow-up via Email is on shows here: mailed or not, and
          why.
        </Blank>
      )}
    </div>
  );
}
