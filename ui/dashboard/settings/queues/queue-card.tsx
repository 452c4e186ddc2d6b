import { useState } from "react";
import type { Queue, Queues } from "../../../shared/agent";
import { Avatar } from "../../parts/avatar";
import { Button } from "../../parts/button";
import { Confirm } from "../../parts/confirm";
import { Icon } from "../../parts/icon";
import { useNotify } from "../../parts/notices";
import { paths } from "../../router/route";
import { Link } from "../../router/router";
import { textOf } from "../../session/api";
import { useMe, useSession } from "../../session/session";
import { useNow } from "../../time/ticking";
import { ArchiveButton } from "../archive";
import { QueueEditor } from "./queue-editor";
import { useBack } from "./use-back";
import {
  givingWords,
  longestWords,
  nobodyWords,
  type People,
  peopleOf,
  peopleWords,
  waitingWords,
} from "./words";

interface Props {
  queue: Queue;
  queues: Queue[];
  set: (list: Queues) => void;
}

const archivePath = (q: Queue) => `/queues/${encodeURIComponent(q.id)}/archive`;

/** QueueCard is one queue: who waits, who works on it, and what it does. */
export function QueueCard({ queue, queues, set }: Props) {
  const me = useMe();
  const [editing, setEditing] = useState(false);
  const card = useBack<HTMLElement>(editing, "button");
  const done = (list: Queues | null) => {
    setEditing(false);
    if (list) set(list);
  };
  if (editing) return <QueueEditor queue={queue} queues={queues} done={done} />;
  const people = peopleOf(queue, me.agents);
  const nobody = nobodyWords(queue, queues);
  return (
    <section ref={card} className="card queue" aria-label={queue.name}>
      <div className="queue-head">
        <h2 className="ellipsis">{queue.name}</h2>
        <div className="queue-acts">
          <Button
            size="small"
            kind="quiet"
            icon="edit"
            aria-label={`Edit ${queue.name}`}
            onClick={() => setEditing(true)}
          >
            Edit
          </Button>
          <ArchiveQueue queue={queue} set={set} />
        </div>
      </div>
      <Waiting queue={queue} />
      <div className="queue-people" data-none={people.available === 0 || undefined}>
        <Faces people={people} />
        <span>{peopleWords(queue, people)}</span>
      </div>
      <p className="help">
        {givingWords(queue)}. {nobody && `${nobody}.`}
      </p>
    </section>
  );
}

function Waiting({ queue }: { queue: Queue }) {
  const now = useNow(30_000);
  const longest = longestWords(now, queue);
  if (queue.waiting === 0) {
    return (
      <p className="queue-waiting soft">
        <Icon name="check" size={16} /> {waitingWords(0)}
      </p>
    );
  }
  const search = `?queue=${encodeURIComponent(queue.id)}&assignee=nobody&sort=waiting`;
  return (
    <p className="queue-waiting">
      <Icon name="clock" size={16} />
      <span>
        <Link href={paths.inbox + search}>{waitingWords(queue.waiting)}</Link>
        {longest && <span className="soft">{longest}</span>}
      </span>
    </p>
  );
}

/** Faces are the first few of those who work on the queue. */
function Faces({ people }: { people: People }) {
  if (people.there.length === 0) return <Icon name="team" size={18} />;
  return (
    <span className="queue-faces" aria-hidden="true">
      {people.there.slice(0, 6).map((a) => (
        <span key={a.id} title={`${a.name}${a.available ? "" : ", away"}`}>
          <Avatar id={a.id} name={a.name} small available={a.available} />
        </span>
      ))}
      {people.there.length > 6 && <span className="faint small">+{people.there.length - 6}</span>}
    </span>
  );
}

function ArchiveQueue({ queue, set }: Omit<Props, "queues">) {
  const { api } = useSession();
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const archive = async () => {
    setAsking(false);
    setBusy(true);
    try {
      set(await api.post<Queues>(archivePath(queue), { archived: true }));
      notify(`“${queue.name}” is archived.`);
    } catch (err) {
      notify(textOf(err), "bad");
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        size="small"
        kind="quiet"
        icon="archive"
        busy={busy}
        aria-label={`Archive ${queue.name}`}
        onClick={() => setAsking(true)}
      >
        Archive
      </Button>
      <Confirm
        open={asking}
        title={`Archive “${queue.name}”?`}
        text="All its conversations leave it, and whoever has one keeps it. Automations and bots cannot put any there. You can restore the queue later, but it comes back empty."
        action="Archive"
        onConfirm={archive}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}

export function ArchivedQueue({ queue, set }: Omit<Props, "queues">) {
  return (
    <li className="line">
      <span className="line-words">
        <Icon name="queue" size={16} /> <span>{queue.name}</span>
      </span>
      <ArchiveButton path={archivePath(queue)} name={queue.name} archived done={set} />
    </li>
  );
}
