import type { Delivery, Webhook } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { Link, useRouter } from "../../router/router";
import { Failed } from "../../shell/failed";
import { clockSeconds, full, moment } from "../../time/format";
import { useNow } from "../../time/ticking";
import { PageSkeleton } from "../skeleton";
import { DeliveryDialog } from "./delivery-dialog";
import { LogFilters } from "./log-filters";
import { filterOf, type LogFilter, useLog, withFilter } from "./use-log";
import { pathOf } from "./use-webhooks";
import { deliveryState, triedWords, whatWords } from "./words";

interface Props {
  webhook: Webhook;
  renew: () => void;
}

/** stampOf changes whenever the log may have. */
const stampOf = (w: Webhook) =>
  [w.waiting, w.last_at, w.delivered, w.failed, w.paused?.since].map((n) => n ?? 0).join(" ");

/** LogSection is what a webhook has sent, newest first. What is chosen stands in the address. */
export function LogSection({ webhook, renew }: Props) {
  const { search, navigate } = useRouter();
  const filter = filterOf(search);
  const open = new URLSearchParams(search).get("delivery") ?? "";
  const stamp = stampOf(webhook);
  const path = pathOf(webhook.id);
  const { log, loading, error, more, retry } = useLog(path, filter, stamp);
  const here = (f: LogFilter, delivery = "") => paths.webhook(webhook.id) + withFilter(f, delivery);
  const narrow = (f: LogFilter) => navigate(here(f), { replace: true });
  const narrowed = filter.state !== "" || filter.number !== "";
  return (
    <section className="card webhook-log" aria-labelledby="webhook-log">
      <div className="webhook-log-head">
        <div>
          <h2 id="webhook-log">Log</h2>
          <p className="help">Kept for 30 days.</p>
        </div>
        <LogFilters filter={filter} set={narrow} />
      </div>
      {!log && (error ? <Failed text={error} retry={retry} /> : <PageSkeleton />)}
      {log && log.rows.length === 0 && <Nothing narrowed={narrowed} clear={() => narrow(none)} />}
      {log && log.rows.length > 0 && (
        <ul className="deliveries" aria-label="Deliveries">
          {log.rows.map((d) => (
            <li key={d.id}>
              <Row delivery={d} href={here(filter, d.id)} />
            </li>
          ))}
        </ul>
      )}
      {log && (log.next || error) && (
        <div className="audit-foot">
          {error && (
            <p className="soft small" role="alert">
              {error}
            </p>
          )}
          {log.next && (
            <Button busy={loading} onClick={more}>
              {error ? "Try again" : "Show earlier ones"}
            </Button>
          )}
        </div>
      )}
      {open && (
        <DeliveryDialog
          key={open}
          path={path}
          id={open}
          stamp={stamp}
          paused={Boolean(webhook.paused)}
          renew={renew}
          close={() => narrow(filter)}
        />
      )}
    </section>
  );
}

const none: LogFilter = { state: "", number: "" };

function Nothing({ narrowed, clear }: { narrowed: boolean; clear: () => void }) {
  if (narrowed) {
    return (
      <Blank
        icon="search"
        title="Nothing like this"
        action={<Button onClick={clear}>Show everything</Button>}
      >
        No delivery has this state and conversation.
      </Blank>
    );
  }
  return (
    <Blank icon="webhook" title="Nothing yet">
      What happens from now on is listed here. Send a test to see what your program will get.
    </Blank>
  );
}

function Row({ delivery: d, href }: { delivery: Delivery; href: string }) {
  const now = useNow(15_000);
  const state = deliveryState(d.state);
  return (
    <Link className="delivery" href={href} data-delivery={d.id}>
      <span className="delivery-what">
        <span className="delivery-name">{whatWords(d)}</span>
        <span className="faint"> #{d.number}</span>
      </span>
      <span className={`chip ${state.tone}`}>{state.text}</span>
      <span className="delivery-tries help">
        {d.state === "delivered" && d.attempts === 1 ? "" : triedWords(d, now)}
        {d.problem && d.state !== "delivered" && ` · ${d.problem}`}
      </span>
      <time
        className="delivery-time"
        dateTime={new Date(d.created_at).toISOString()}
        title={full(d.created_at)}
      >
        {moment(now, d.created_at, clockSeconds)}
      </time>
      <span className="delivery-go">
        <Icon name="right" size={16} className="mirror" />
      </span>
    </Link>
  );
}
