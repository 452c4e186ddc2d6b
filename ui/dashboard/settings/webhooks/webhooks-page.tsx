import type { RuleOptions, Webhook } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { Heading } from "../../parts/heading";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { Link } from "../../router/router";
import { Said } from "../../rules/said";
import { Failed } from "../../shell/failed";
import { useNow } from "../../time/ticking";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import { useWebhooks } from "./use-webhooks";
import "./webhooks.css";
import { healthOf, hostOf, sendsWords, waitingWords } from "./words";

/** WebhooksPage is all webhooks, with how each of them is doing. */
export function WebhooksPage() {
  const { webhooks, error, retry } = useWebhooks();
  const options = useLoaded<RuleOptions>("/rules/options");
  const failed = (!webhooks && error) || options.error;
  const again = () => {
    retry();
    if (options.error) options.retry();
  };
  return (
    <div className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "Webhooks" }]} />
      <div className="page-head">
        <Heading title="Webhooks">Webhooks</Heading>
        {webhooks && webhooks.length > 0 && (
          <Link className="button primary" href={paths.newWebhook}>
            <Icon name="plus" /> New webhook
          </Link>
        )}
      </div>
      <p className="soft">
        They tell programs of yours what happens in conversations, as soon as it happens. Each request is
        signed; what does not arrive is tried again for a day, in the right order.
      </p>
      {failed ? (
        <Failed text={failed} retry={again} />
      ) : webhooks && options.data ? (
        <List webhooks={webhooks} options={options.data} />
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

function List({ webhooks, options }: { webhooks: Webhook[]; options: RuleOptions }) {
  if (webhooks.length === 0) {
    return (
      <div className="card">
        <Blank
          icon="webhook"
          title="No webhook yet"
          action={
            <Link className="button primary" href={paths.newWebhook}>
              <Icon name="plus" /> Add a webhook
            </Link>
          }
        >
          Let a shop know about ratings, a chat room about new conversations, or a report about follow-up
          e-mails.
        </Blank>
      </div>
    );
  }
  return (
    <ul className="webhooks">
      {webhooks.map((w) => (
        <li key={w.id}>
          <Card webhook={w} options={options} />
        </li>
      ))}
    </ul>
  );
}

function Card({ webhook: w, options }: { webhook: Webhook; options: RuleOptions }) {
  const now = useNow(30_000);
  const health = healthOf(w, now);
  const counts = [
    w.delivered > 0 && `${w.delivered.toLocaleString("en-GB")} delivered in 24 hours`,
    w.failed > 0 && `${w.failed.toLocaleString("en-GB")} ${w.failed === 1 ? "attempt" : "attempts"} failed`,
    waitingWords(w.waiting),
  ].filter(Boolean);
  return (
    <Link className="card webhook-card" href={paths.webhook(w.id)}>
      <span className="webhook-card-head">
        <strong className="webhook-title">{w.title}</strong>
        <span className={`chip ${health.tone}`}>
          <Icon name={health.icon} size={13} /> {health.title}
        </span>
      </span>
      <span className="webhook-said">
        <Said words={sendsWords(w, options)} />, tell <bdi className="webhook-host">{hostOf(w.url)}</bdi>.
      </span>
      {counts.length > 0 && <span className="help">{counts.join(" · ")}</span>}
    </Link>
  );
}
