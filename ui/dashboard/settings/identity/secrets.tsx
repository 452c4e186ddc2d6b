import { useRef, useState } from "react";
import type { Secret, Verification } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { Button } from "../../parts/button";
import { Confirm } from "../../parts/confirm";
import { useSession } from "../../session/session";
import { Section } from "../section";
import { SecretRow } from "./secret-row";
import { type Change, useBusy } from "./use-change";

interface Props {
  path: string;
  required: boolean;
  secrets: Secret[];
  change: Change;
}

/** The most secrets that an app has; the same as rejoin.MaxSecrets. */
const most = 2;

export function Secrets({ path, required, secrets, change }: Props) {
  const { api } = useSession();
  const { busy, run } = useBusy();
  const [deleting, setDeleting] = useState<Secret | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const make = () =>
    run("make", () =>
      change(() => api.post<Verification>(`${path}/secrets`), "The new secret counts from now on."),
    );
  const remove = async (secret: Secret) => {
    setDeleting(null);
    const ask = () => api.delete<Verification>(`${path}/secrets/${encodeURIComponent(secret.id)}`);
    await run(secret.id, () => change(ask, `The secret that ends in ${secret.hint} is deleted.`));
    list.current?.querySelector<HTMLElement>("button")?.focus();
  };
  return (
    <Section
      title="Secrets"
      text="Your server signs with a secret. Whoever has it can pretend to be any of your customers: keep it on your server, never in a page."
    >
      {secrets.length === 0 ? (
        <Blank
          icon="key"
          title="No secret yet"
          action={
            <Button kind="primary" icon="plus" busy={busy === "make"} onClick={make}>
              Make a secret
            </Button>
          }
        >
          Make one, put it into your server’s settings, and let the server sign who is logged in.
        </Blank>
      ) : (
        <ul ref={list} className="secrets">
          {secrets.map((s, i) => (
            <SecretRow
              key={s.id}
              path={path}
              secret={s}
              place={secrets.length < most ? "" : i === 0 ? "newest" : "older"}
              busy={busy === s.id}
              remove={() => setDeleting(s)}
            />
          ))}
        </ul>
      )}
      {secrets.length > 0 && <Rotation full={secrets.length >= most} busy={busy === "make"} make={make} />}
      <Confirm
        open={deleting !== null}
        title={`Delete the secret that ends in ${deleting?.hint ?? ""}?`}
        text={consequence(secrets.length, required)}
        action="Delete"
        danger
        onConfirm={() => deleting && void remove(deleting)}
        onCancel={() => setDeleting(null)}
      />
    </Section>
  );
}

function consequence(count: number, required: boolean): string {
  if (count > 1)
    return "Tokens that were signed with it count no more. Make sure that your server signs with the other one.";
  if (required)
    return "This is the only secret, and verification is on: all customers who are logged in are locked out of the chat until you make a new secret and your server signs with it. This cannot be undone.";
  return "This is the only secret: no token counts until you make a new one. This cannot be undone.";
}

/** Rotation explains how a server changes from one secret to the next without locking anybody out. */
function Rotation({ full, busy, make }: { full: boolean; busy: boolean; make: () => void }) {
  return (
    <div className="rotation">
      <h3>Change the secret without locking anybody out</h3>
      <ol>
        <li>
          {full
            ? "You have two secrets now, and both count."
            : "Make a second secret. From then on, both count."}
        </li>
        <li>Give your server the newer one, and check a token of it below.</li>
        <li>Delete the older one.</li>
      </ol>
      {!full && (
        <Button icon="plus" busy={busy} onClick={make}>
          Make a second secret
        </Button>
      )}
    </div>
  );
}
