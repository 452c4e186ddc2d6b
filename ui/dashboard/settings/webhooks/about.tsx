import type { RuleOptions, Webhook } from "../../../shared/agent";
import { Said } from "../../rules/said";
import { day, full } from "../../time/format";
import { sendsWords } from "./words";

/** About is what a webhook sends, and where to. */
export function About({ webhook, options }: { webhook: Webhook; options: RuleOptions }) {
  return (
    <section className="card webhook-about" aria-labelledby="webhook-about">
      <h2 id="webhook-about">What it sends</h2>
      <p className="webhook-said">
        <Said words={sendsWords(webhook, options)} />, a request goes to
      </p>
      <p className="webhook-url">{webhook.url}</p>
      <p className="help" title={full(webhook.created_at)}>
        Added on {day(webhook.created_at)} by {webhook.created_by}
      </p>
    </section>
  );
}
