import { useState } from "react";
import type { Invitation, Team } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Confirm } from "../../parts/confirm";
import { Icon } from "../../parts/icon";
import { useNotify } from "../../parts/notices";
import { roleName } from "../../session/roles";
import { useSession } from "../../session/session";
import { full } from "../../time/format";
import { useNow } from "../../time/ticking";
import type { Change } from "./use-team";
import { expiryWords, mailWords } from "./words";

/** Invitations are those nobody has accepted yet. */
export function Invitations({ list, change }: { list: Invitation[]; change: Change }) {
  const { api } = useSession();
  const notify = useNotify();
  const [busy, setBusy] = useState("");
  const [asking, setAsking] = useState<Invitation | null>(null);
  if (list.length === 0) return null;
  const pathOf = (i: Invitation) => `/invitations/${encodeURIComponent(i.id)}`;
  const run = async (name: string, ask: () => Promise<Team>, done: string) => {
    setBusy(name);
    const problem = await change(ask, done);
    setBusy("");
    if (problem) notify(problem.text, "bad");
  };
  const resend = (i: Invitation) =>
    run(
      `resend ${i.id}`,
      () => api.post<Team>(`${pathOf(i)}/resend`),
      `The invitation goes to ${i.email} again.`,
    );
  const withdraw = (i: Invitation) => {
    setAsking(null);
    void run(
      `withdraw ${i.id}`,
      () => api.delete<Team>(pathOf(i)),
      `The invitation of ${i.email} is withdrawn.`,
    );
  };
  return (
    <section className="card" aria-labelledby="invited">
      <h2 id="invited">Invited</h2>
      <ul className="lines">
        {list.map((i) => (
          <Line
            key={i.id}
            invitation={i}
            busy={busy}
            resend={() => void resend(i)}
            withdraw={() => setAsking(i)}
          />
        ))}
      </ul>
      <Confirm
        open={asking !== null}
        title={`Withdraw the invitation of ${asking?.email ?? ""}?`}
        text="The link in the e-mail works no more. You can invite the same address again."
        action="Withdraw"
        danger
        onConfirm={() => asking && withdraw(asking)}
        onCancel={() => setAsking(null)}
      />
    </section>
  );
}

interface LineProps {
  invitation: Invitation;
  busy: string;
  resend: () => void;
  withdraw: () => void;
}

function Line({ invitation: i, busy, resend, withdraw }: LineProps) {
  const now = useNow(30_000);
  const mail = mailWords(now, i);
  return (
    <li className="line">
      <div className="line-words">
        <Icon name="mail" size={16} />
        <div>
          <p className="team-name">
            <strong>{i.email}</strong> <span className="chip">{roleName(i.role)}</span>
            <span className={`chip ${mail.tone}`} role="status">
              {mail.text}
            </span>
          </p>
          <p className="help" title={full(i.created_at)}>
            {i.invited_by && `Invited by ${i.invited_by}. `}
            {expiryWords(now, i)}
          </p>
        </div>
      </div>
      <div className="team-acts">
        <Button
          size="small"
          icon="refresh"
          busy={busy === `resend ${i.id}`}
          aria-label={`Send the invitation to ${i.email} again`}
          onClick={resend}
        >
          Send again
        </Button>
        <Button
          size="small"
          kind="quiet"
          busy={busy === `withdraw ${i.id}`}
          aria-label={`Withdraw the invitation of ${i.email}`}
          onClick={withdraw}
        >
          Withdraw
        </Button>
      </div>
    </li>
  );
}
