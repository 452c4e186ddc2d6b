import { useEffect, useRef, useState } from "react";
import type { Revealed, Secret } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { CopyButton } from "../../parts/copy";
import { Icon } from "../../parts/icon";
import { useNotify } from "../../parts/notices";
import { textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { day, full } from "../../time/format";

interface Props {
  path: string;
  secret: Secret;
  place: "" | "newest" | "older";
  busy: boolean;
  remove: () => void;
}

/** A secret that somebody forgot on the screen hides by itself. */
const shownMs = 60_000;

export function SecretRow({ path, secret, place, busy, remove }: Props) {
  const { value, loading, show, hide } = useRevealed(
    `${path}/secrets/${encodeURIComponent(secret.id)}/reveal`,
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

function useRevealed(path: string) {
  const { api } = useSession();
  const notify = useNotify();
  const [value, setValue] = useState("");
  const [loading, setLoading] = useState(false);
  useEffect(() => {
    if (!value) return;
    const timer = setTimeout(setValue, shownMs, "");
    return () => clearTimeout(timer);
  }, [value]);
  const show = async () => {
    setLoading(true);
    try {
      setValue((await api.post<Revealed>(path)).value);
    } catch (err) {
      notify(textOf(err), "bad");
    } finally {
      setLoading(false);
    }
  };
  return { value, loading, show, hide: () => setValue("") };
}
