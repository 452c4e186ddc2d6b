import { useRef } from "react";
import type { Revealed, Secret } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { CopyButton } from "../../parts/copy";
import { Icon } from "../../parts/icon";
import { useSession } from "../../session/session";
import { day, full } from "../../time/format";
import { useRevealed } from "../use-revealed";

interface Props {
  path: string;
  secret: Secret;
  place: "" | "newest" | "older";
  busy: boolean;
  remove: () => void;
}

export function SecretRow({ path, secret, place, busy, remove }: Props) {
  const { api } = useSession();
  const { value, loading, show, hide } = useRevealed(() =>
    api.post<Revealed>(`${path}/secrets/${encodeURIComponent(secret.id)}/reveal`),
  );
  const code = useRef<HTMLElement>(null);
  return (
    <li className="secret">
      <div className="secret-head">
        <Icon name="key" />
        <div className="secret-words">
          <p>
            <strong>
              Ends in <code>{secret.hint}</code>
            </strong>{" "}
            {place === "newest" && <span className="chip good">Newest</span>}
            {place === "older" && <span className="chip">Older</span>}
          </p>
          <p className="help" title={full(secret.created_at)}>
            Made on {day(secret.created_at)}
            {secret.created_by && ` by ${secret.created_by}`}
          </p>
        </div>
        <Button
          size="small"
          icon="eye"
          busy={loading}
          aria-expanded={value !== ""}
          aria-label={`${value ? "Hide" : "Show"} the secret that ends in ${secret.hint}`}
          onClick={value ? hide : show}
        >
          {value ? "Hide" : "Show"}
        </Button>
        <Button
          size="small"
          kind="quiet"
          icon="trash"
          busy={busy}
          aria-label={`Delete the secret that ends in ${secret.hint}`}
          title="Delete"
          onClick={remove}
        />
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
