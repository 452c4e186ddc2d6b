import type { Webhook, Webhooks } from "../../../shared/agent";
import { Icon } from "../../parts/icon";
import { ago, full } from "../../time/format";
import { useNow } from "../../time/ticking";
import { Pausing } from "./pausing";
import { healthOf, waitingWords } from "./words";

/** HealthCard says how a webhook is doing, and pauses it or lets it go on. */
export function HealthCard({ webhook: w, set }: { webhook: Webhook; set: (list: Webhooks) => void }) {
  const now = useNow(15_000);
  const { tone, icon, title, text } = healthOf(w, now);
  const waiting = waitingWords(w.waiting);
  return (
    <section className="card webhook-health" data-tone={tone || undefined} aria-label="How it is doing">
      <span className="webhook-health-icon">
        <Icon name={icon} size={20} />
      </span>
      <div className="webhook-health-words" role="status">
        <h2>{title}</h2>
        {text && <p className="small soft">{text}</p>}
        {waiting && <p className="small soft">{waiting}.</p>}
      </div>
      <dl className="webhook-counts">
        <div>
          <dt>Delivered, 24 hours</dt>
          <dd>{w.delivered.toLocaleString("en-GB")}</dd>
        </div>
        <div>
          <dt>Failed attempts</dt>
          <dd>{w.failed.toLocaleString("en-GB")}</dd>
        </div>
        <div>
          <dt>Last attempt</dt>
          <dd title={w.last_at ? full(w.last_at) : undefined}>{w.last_at ? ago(now, w.last_at) : "–"}</dd>
        </div>
      </dl>
      <Pausing webhook={w} set={set} />
    </section>
  );
}
