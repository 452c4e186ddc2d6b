import type { RuleOptions, Webhook } from "../../../shared/agent";
import { Heading } from "../../parts/heading";
import { paths } from "../../router/route";
import { Failed } from "../../shell/failed";
import { type Crumb, Crumbs } from "../crumbs";
import "../identity/identity.css";
import "../lists.css";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import { Editor } from "./editor";
import { TryPanel } from "./try-panel";
import { useEditor } from "./use-editor";
import { useWebhooks } from "./use-webhooks";
import { Gone } from "./webhook-page";
import "./webhooks.css";

/** NewWebhookPage adds a webhook. */
export function NewWebhookPage() {
  const { data, error, retry } = useLoaded<RuleOptions>("/rules/options");
  if (error) return <Failed text={error} retry={retry} />;
  if (!data) return <PageSkeleton />;
  return <Body options={data} />;
}

/** EditWebhookPage changes a webhook. */
export function EditWebhookPage({ id }: { id: string }) {
  const { webhooks, error, retry } = useWebhooks();
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
  return webhook ? <Body webhook={webhook} options={options.data} /> : <Gone />;
}

interface Props {
  /** What is changed; a new one without it. */
  webhook?: Webhook;
  options: RuleOptions;
}

function Body({ webhook, options }: Props) {
  const editor = useEditor(webhook, options);
  const name = webhook ? "Edit and test" : "New webhook";
  const crumbs: Crumb[] = [
    { text: "Settings" },
    { text: "Webhooks", href: paths.webhooks },
    ...(webhook ? [{ text: webhook.title, href: paths.webhook(webhook.id) }] : []),
    { text: name },
  ];
  return (
    <div className="settings-body">
      <Crumbs list={crumbs} />
      <Heading title={webhook ? `${name}: ${webhook.title}` : name}>{webhook?.title ?? name}</Heading>
      <Editor editor={editor} webhook={webhook} options={options} />
      <TryPanel draft={editor.draft} webhook={webhook} />
    </div>
  );
}
