import { useId, useRef, useState } from "react";
import type { UserSession, UserSessions } from "../../shared/agent";
import { Button } from "../parts/button";
import { Confirm } from "../parts/confirm";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";
import { useSession } from "../session/session";
import { ago, day, full } from "../time/format";
import { useNow } from "../time/ticking";
import { sessionWords } from "./identity";

/** Sessions lists the browsers in which the user is known, and signs them out. It asks the server once it is opened. */
export function Sessions({ userId }: { userId: string }) {
  const { list, error, busy, load, revoke } = useSessions(userId);
  const [asking, setAsking] = useState("");
  const summary = useRef<HTMLElement>(null);
  const id = useId();
  const confirmed = () => {
    void revoke(asking).then(() => summary.current?.focus());
    setAsking("");
  };
  return (
    <details className="sessions" onToggle={(e) => e.currentTarget.open && load()}>
      <summary ref={summary}>
        <h2 id={id}>Signed-in browsers</h2>
        <Icon name="down" size={14} className="event-arrow" />
      </summary>
      <div className="sessions-body" aria-live="polite">
        {!list && !error && <span className="skeleton" role="status" aria-label="Loading" />}
        {error && (
          <p className="small soft">
            {error}{" "}
            <button type="button" className="text-button" onClick={load}>
              Try again
            </button>
          </p>
        )}
        {list?.length === 0 && <p className="small faint">No browser opens this user’s conversations now.</p>}
        {list && list.length > 0 && (
          <ul aria-labelledby={id}>
            {list.map((s) => (
              <SessionLine key={s.id} session={s} busy={busy === s.id} revoke={() => setAsking(s.id)} />
            ))}
          </ul>
        )}
        {list && list.length > 1 && (
          <Button size="small" icon="leave" busy={busy === "all"} onClick={() => setAsking("all")}>
            Sign out everywhere
          </Button>
        )}
      </div>
      <Confirm
        open={asking !== ""}
        {...questions[asking === "all" ? "all" : "one"]}
        danger
        onConfirm={confirmed}
        onCancel={() => setAsking("")}
      />
    </details>
  );
}

const questions = {
  one: {
    title: "Sign this browser out?",
    text: "It shows this user’s conversations no more. Customers who are logged in on your site are back when they load the page again; visitors who are not lose their conversations in that browser.",
    action: "Sign out",
  },
  all: {
    title: "Sign out all browsers?",
    text: "No browser shows this user’s conversations any more. Customers who are logged in on your site are back when they load the page again; visitors who are not lose their conversations.",
    action: "Sign out everywhere",
  },
};

function SessionLine({
  session: s,
  busy,
  revoke,
}: {
  session: UserSession;
  busy: boolean;
  revoke: () => void;
}) {
  const now = useNow(30_000);
  const device = s.device || "A browser";
  return (
    <li className="session">
      <div>
        <p>{device}</p>
        <p className="faint small">{sessionWords(s.kind, s.verified)}</p>
        <p className="faint small">
          <time dateTime={new Date(s.seen_at).toISOString()} title={`Since ${full(s.created_at)}`}>
            Seen {ago(now, s.seen_at)}
          </time>
          {s.expires_at > 0 && `, until ${day(s.expires_at)}`}
        </p>
      </div>
      <Button
        size="small"
        kind="quiet"
        icon="leave"
        busy={busy}
        aria-label={`Sign out ${device}, ${sessionWords(s.kind, s.verified)}`}
        title="Sign out"
        onClick={revoke}
      />
    </li>
  );
}

function useSessions(userId: string) {
  const { api } = useSession();
  const notify = useNotify();
  const [list, setList] = useState<UserSession[] | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState("");
  const path = `/users/${encodeURIComponent(userId)}/sessions`;
  const load = async () => {
    setError("");
    try {
      setList((await api.get<UserSessions>(path)).sessions);
    } catch (err) {
      setError(textOf(err));
    }
  };
  const revoke = async (session: string) => {
    setBusy(session);
    try {
      const answer = await api.post<UserSessions>(`${path}/${encodeURIComponent(session)}/revoke`);
      setList(answer.sessions);
      notify(session === "all" ? "All browsers are signed out." : "The browser is signed out.");
    } catch (err) {
      notify(textOf(err), "bad");
    } finally {
      setBusy("");
    }
  };
  return { list, error, busy, load, revoke };
}
