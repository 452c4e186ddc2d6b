import { useRef, useState } from "react";
import type { SecretValue, Webhook, WebhookSecret, Webhooks } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Confirm } from "../../parts/confirm";
import { CopyButton } from "../../parts/copy";
import { useSession } from "../../session/session";
import { day, full } from "../../time/format";
import { type Change, useBusy, useChange } from "../identity/use-change";
import { useRevealed } from "../use-revealed";
import { pathOf } from "./use-webhooks";

interface Props {
  webhook: Webhook;
  set: (list: Webhooks) => void;
}

/** Secrets are the keys that sign what a webhook sends. */
export function Secrets({ webhook, set }: Props) {
  const { api } = useSession();
  const change: Change<Webhooks> = useChange(set);
  const { busy, run } = useBusy();
  const [deleting, setDeleting] = useState<WebhookSecret | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const path = `${pathOf(webhook.id)}/secrets`;
  const secrets = [...webhook.secrets].sort((a, b) => b.created_at - a.created_at);
  const two = secrets.length > 1;
  const make = () =>
    run("make", () => change(() => api.post<Webhooks>(path), "Requests are signed with both secrets now."));
  const remove = async (secret: WebhookSecret) => {
    setDeleting(null);
    const ask = () => api.delete<Webhooks>(`${path}/${encodeURIComponent(secret.id)}`);
    await run(secret.id, () => change(ask, "The secret is deleted. Requests are signed with the other one."));
    list.current?.querySelector<HTMLElement>("button")?.focus();
  };
  return (
    <section className="card webhook-secrets" aria-labelledby="webhook-secrets">
      <div>
        <h2 id="webhook-secrets">Signing secret{two && "s"}</h2>
        <p className="help">
          Requests are signed as{" "}
          <a href="https://www.standardwebhooks.com/" target="_blank" rel="noopener noreferrer">
            Standard Webhooks<span className="hidden-text"> (opens in a new tab)</span>
          </a>{" "}
          describes. By the secret your program knows that they come from here.
        </p>
      </div>
      <ul ref={list} className="secrets">
        {secrets.map((s, i) => (
          <SecretLine
            key={s.id}
            path={path}
            secret={s}
            place={two ? (i === 0 ? "newest" : "older") : ""}
            busy={busy === s.id}
            remove={two ? () => setDeleting(s) : undefined}
          />
        ))}
      </ul>
      <div className="rotation">
        <p className="help">
          {two
            ? "Requests carry both signatures. Give your program the newer secret, then delete the older one."
            : "To change it without losing a request, make a second one: requests then carry both signatures."}
        </p>
        {!two && (
          <Button size="small" icon="plus" busy={busy === "make"} onClick={() => void make()}>
            Make a second secret
          </Button>
        )}
      </div>
      <Confirm
        open={deleting !== null}
        title="Delete this secret?"
        text="Requests are no longer signed with it. Make sure that your program checks them with the other one."
        action="Delete"
        danger
        onConfirm={() => deleting && void remove(deleting)}
        onCancel={() => setDeleting(null)}
      />
    </section>
  );
}

interface LineProps {
  path: string;
  secret: WebhookSecret;
  place: "" | "newest" | "older";
  busy: boolean;
  remove?: () => void;
}

function SecretLine({ path, secret, place, busy, remove }: LineProps) {
  const { api } = useSession();
  const { value, loading, show, hide } = useRevealed(() =>
    api.get<SecretValue>(`${path}/${encodeURIComponent(secret.id)}`),
  );
  const code = useRef<HTMLElement>(null);
  const which = place ? `the ${place} secret` : "the secret";
  return (
    <li className="secret">
      <div className="secret-head">
        <p className="webhook-secret-words" title={full(secret.created_at)}>
          {day(secret.created_at)} {place === "newest" && <span className="chip good">Newest</span>}
          {place === "older" && <span className="chip">Older</span>}
        </p>
        <Button
          size="small"
          icon={value ? "eyeOff" : "eye"}
          busy={loading}
          aria-expanded={value !== ""}
          aria-label={`${value ? "Hide" : "Show"} ${which}`}
          onClick={value ? hide : () => void show()}
        >
          {value ? "Hide" : "Show"}
        </Button>
        {remove && (
          <Button
            size="small"
            kind="quiet"
            icon="trash"
            busy={busy}
            aria-label={`Delete ${which}`}
            title="Delete"
            onClick={remove}
          />
        )}
      </div>
      {value && (
        <div className="secret-value">
          <code ref={code}>{value}</code>
          <CopyButton text={value} what="The secret" shown={code} small />
          <p className="help">The audit log notes that you looked. It hides again after a minute.</p>
        </div>
      )}
    </li>
  );
}
