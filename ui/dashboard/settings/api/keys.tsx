import { useRef, useState } from "react";
import type { APIKey, APIKeys } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { Button } from "../../parts/button";
import { Confirm } from "../../parts/confirm";
import { Icon } from "../../parts/icon";
import { useNotify } from "../../parts/notices";
import { textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { day, full } from "../../time/format";
import { useNow } from "../../time/ticking";
import { Section } from "../section";
import { accessName, usedWords } from "./words";

interface Props {
  keys: APIKey[];
  set: (list: APIKeys) => void;
  make: () => void;
}

/** Keys are those that are valid, with the revoked ones folded away. */
export function Keys({ keys, set, make }: Props) {
  const [asking, setAsking] = useState<APIKey | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const { busy, revoke } = useRevoking(set);
  const valid = keys.filter((k) => !k.revoked_at);
  const confirmed = async (key: APIKey) => {
    setAsking(null);
    await revoke(key);
    list.current?.querySelector<HTMLElement>("button, summary")?.focus();
  };
  return (
    <Section
      title="Keys"
      text="Whoever has a key is that program to us. Keep it on your servers, never in a page or an app."
    >
      <div ref={list} className="keys">
        {valid.length === 0 ? (
          <Blank
            icon="key"
            title="No key is valid"
            action={
              <Button kind="primary" icon="plus" onClick={make}>
                Make a key
              </Button>
            }
          >
            Make one for each program that is to use the API.
          </Blank>
        ) : (
          <ul className="lines">
            {valid.map((k) => (
              <KeyLine key={k.id} of={k} busy={busy === k.id} revoke={() => setAsking(k)} />
            ))}
          </ul>
        )}
        <Revoked keys={keys.filter((k) => k.revoked_at)} />
      </div>
      <Confirm
        open={asking !== null}
        title={`Revoke the key of ${asking?.name ?? ""}?`}
        text="The program that uses it is refused from this moment, and the key can never be used again. What the program has done stays."
        action="Revoke"
        danger
        onConfirm={() => asking && void confirmed(asking)}
        onCancel={() => setAsking(null)}
      />
    </Section>
  );
}

function KeyLine({ of: key, busy, revoke }: { of: APIKey; busy: boolean; revoke: () => void }) {
  const now = useNow(30_000);
  return (
    <li className="line">
      <div className="line-words">
        <Icon name="key" size={17} />
        <div>
          <p className="key-name">
            <strong>{key.name}</strong>
            <span className={key.access === "read" ? "chip" : "chip accent"}>{accessName(key.access)}</span>
          </p>
          <p className="help">
            Ends in <code>{key.hint}</code> ·{" "}
            <span title={key.used_at ? full(key.used_at) : undefined}>{usedWords(now, key)}</span> ·{" "}
            <span title={full(key.created_at)}>
              Made on {day(key.created_at)} by {key.created_by}
            </span>
          </p>
        </div>
      </div>
      <Button
        size="small"
        kind="quiet"
        icon="ban"
        busy={busy}
        aria-label={`Revoke the key of ${key.name}`}
        onClick={revoke}
      >
        Revoke
      </Button>
    </li>
  );
}

/** Revoked are the keys that were taken back lately. */
function Revoked({ keys }: { keys: APIKey[] }) {
  if (keys.length === 0) return null;
  return (
    <details className="limits">
      <summary>
        <Icon name="right" size={16} className="limits-arrow" />
        <span>Revoked within 90 days ({keys.length})</span>
      </summary>
      <ul className="lines archived">
        {keys.map((k) => (
          <li key={k.id} className="line">
            <div className="line-words">
              <Icon name="ban" size={17} />
              <div>
                <p className="soft">{k.name}</p>
                <p className="help">
                  Ended in <code>{k.hint}</code> ·{" "}
                  <span title={full(k.revoked_at ?? 0)}>Revoked on {day(k.revoked_at ?? 0)}</span>
                </p>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

function useRevoking(set: (list: APIKeys) => void) {
  const { api } = useSession();
  const notify = useNotify();
  const [busy, setBusy] = useState("");
  const revoke = async (key: APIKey) => {
    setBusy(key.id);
    try {
      set(await api.delete<APIKeys>(`/api-keys/${encodeURIComponent(key.id)}`));
      notify(`The key of ${key.name} is revoked.`);
    } catch (err) {
      notify(textOf(err), "bad");
    } finally {
      setBusy("");
    }
  };
  return { busy, revoke };
}
