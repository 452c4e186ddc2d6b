import type { RuleOptions, Webhook, Webhooks } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { Heading } from "../../parts/heading";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { Link, useRouter } from "../../router/router";
import { Failed } from "../../shell/failed";
import { Crumbs } from "../crumbs";
import "../identity/identity.css";
import "../lists.css";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import { About } from "./about";
import { HealthCard } from "./health-card";
import { LogSection } from "./log-section";
import { Secrets } from "./secrets";
import { useWebhooks } from "./use-webhooks";
import { WebhookMenu } from "./webhook-menu";
import "./webhooks.css";

/** WebhookPage is one webhook: how it is doing, what it has sent, and how it signs. */
export function WebhookPage({ id }: { id: string }) {
  const { webhooks, set, error, retry } = useWebhooks();
  const options = useLoaded<RuleOptions>("/rules/options");
  const failed = (!webhooks && error) || options.error;
  if (failed) {
    const again = () => {
      retry();
      if (options.error) options.retry();
    };
    return <Failed text={failed} retry={again} />;
  }
  if (!webhooks || !options.data) return <PageSkeleton />;
  const webhook = webhooks.find((w) => w.id === id);
  if (!webhook) return <Gone />;
  return <Body webhook={webhook} options={options.data} set={set} renew={retry} />;
}

/** Gone stands for a webhook that somebody has deleted. */
export function Gone() {
  return (
    <div className="centered">
      <Heading title="Webhooks" className="hidden-text">
        Webhooks
      </Heading>
      <Blank
        icon="webhook"
        title="There is no such webhook"
        action={
          <Link className="button" href={paths.webhooks}>
            All webhooks
          </Link>
        }
      >
        Somebody may have deleted it.
      </Blank>
    </div>
  );
}

interface BodyProps {
  webhook: Webhook;
  options: RuleOptions;
  set: (list: Webhooks) => void;
  renew: () => void;
}

function Body({ webhook, options, set, renew }: BodyProps) {
  const { navigate } = useRouter();
  return (
    <div className="settings-body wide">
      <Crumbs
        list={[{ text: "Settings" }, { text: "Webhooks", href: paths.webhooks }, { text: webhook.title }]}
      />
      <div className="page-head">
        <Heading title={webhook.title}>{webhook.title}</Heading>
        <div className="webhook-acts">
          <Link className="button" href={paths.editWebhook(webhook.id)}>
            <Icon name="edit" size={17} /> Edit and test
          </Link>
          <WebhookMenu webhook={webhook} gone={() => navigate(paths.webhooks)} renew={renew} />
        </div>
      </div>
      <HealthCard webhook={webhook} set={set} />
      <div className="webhook-columns">
        <LogSection webhook={webhook} renew={renew} />
        <div className="webhook-side">
          <About webhook={webhook} options={options} />
          <Secrets webhook={webhook} set={set} />
        </div>
      </div>
    </div>
  );
}
