import { memo } from "react";
import type { Event } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { clock, full } from "../time/format";
import { whoOf } from "./actor";
import { Formatted } from "./formatted";

/** NoteCard is what an agent, a bot, an automation or a program has noted for the team. It looks like no message, so that nobody takes it for one. */
export const NoteCard = memo(function NoteCard({ event }: { event: Event }) {
  const me = useMe();
  return (
    <article className="note">
      <p className="note-head">
        <Icon name="note" size={15} />
        <span>
          <strong>{whoOf(event.actor, me.agent.id) || nameOf(event.actor)}</strong>
          <span className="note-private"> · private note</span>
        </span>
        <time dateTime={new Date(event.created_at).toISOString()} title={full(event.created_at)}>
          {clock(event.created_at)}
        </time>
      </p>
      {!event.data.note ? (
        <p className="faint">Erased</p>
      ) : event.actor.kind === "agent" ? (
        <Formatted text={event.data.note} />
      ) : (
        // What visitors have written can stand in it: it must not become a link that looks like a colleague's.
        <div className="formatted">
          <p dir="auto">{event.data.note}</p>
        </div>
      )}
    </article>
  );
});

const nameOf = ({ kind, name }: Event["actor"]) =>
  kind === "automation" ? `Automation “${name}”` : kind === "bot" ? `Bot “${name}”` : name;
