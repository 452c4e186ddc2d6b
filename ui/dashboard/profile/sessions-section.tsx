import { useState } from "react";
import type { AgentSession, Profile } from "../../shared/agent";
import { Button } from "../parts/button";
import { Confirm } from "../parts/confirm";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";
import { useSession } from "../session/session";
import { Section } from "../settings/section";
import { ago, day, full } from "../time/format";
import { useNow } from "../time/ticking";
import type { PartProps } from "./profile";

/** SessionsSection lists the browsers in which the agent is signed in, and signs others out. */
export function SessionsSection({ profile, set }: PartProps) {
  const { api } = useSession();
  const notify = useNotify();
  const [busy, setBusy] = useState("");
  const [asking, setAsking] = useState(false);
  const revoke = async (id: string) => {
    setBusy(id);
    try {
      set(await api.post<Profile>(`/profile/sessions/${encodeURIComponent(id)}/revoke`));
      notify(id === "all" ? "All other browsers are signed out." : "The browser is signed out.");
    } catch (err) {
      notify(textOf(err), "bad");
    } finally {
      setBusy("");
    }
  };
  const others = profile.sessions.filter((s) => !s.current).length;
  return (
    <Section
      title="Where you are signed in"
      text="If you do not know one of these browsers, sign it out and change your password."
    >
      <ul className="lines">
        {profile.sessions.map((s) => (
          <Line key={s.id} session={s} busy={busy === s.id} revoke={() => void revoke(s.id)} />
        ))}
      </ul>
      {others > 0 && (
        <div>
          <Button icon="leave" busy={busy === "all"} onClick={() => setAsking(true)}>
            Sign out everywhere else
          </Button>
        </div>
      )}
      <Confirm
        open={asking}
        title="Sign out everywhere else?"
        text="All your browsers but this one have to sign in again. What you have not sent there yet may be lost."
        action="Sign out everywhere else"
        danger
        onConfirm={() => {
          setAsking(false);
          void revoke("all");
        }}
        onCancel={() => setAsking(false)}
      />
    </Section>
  );
}

function Line({ session: s, busy, revoke }: { session: AgentSession; busy: boolean; revoke: () => void }) {
  const now = useNow(30_000);
  const device = s.device || "A browser";
  return (
    <li className="line">
      <div className="line-words">
        <Icon name="device" size={16} />
        <div>
          <p className="profile-device">
            {device} {s.current && <span className="chip accent">This browser</span>}
          </p>
          <p className="help" title={full(s.seen_at)}>
            {s.current ? "Here now" : `Seen ${ago(now, s.seen_at)}`}, signed in on {day(s.created_at)}
          </p>
        </div>
      </div>
      {!s.current && (
        <Button size="small" busy={busy} aria-label={`Sign out ${device}`} onClick={revoke}>
          Sign out
        </Button>
      )}
    </li>
  );
}
