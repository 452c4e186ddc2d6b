import { useState } from "react";
import type { Queue, Queues } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { Button } from "../../parts/button";
import { Heading } from "../../parts/heading";
import { Failed } from "../../shell/failed";
import { Archived } from "../archive";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import { ArchivedQueue, QueueCard } from "./queue-card";
import { QueueEditor } from "./queue-editor";
import { useBack } from "./use-back";
import { useQueues } from "./use-queues";
import "../lists.css";
import "./queues.css";

export function QueuesPage() {
  const { data, setData, error, retry } = useQueues();
  const [adding, setAdding] = useState(false);
  const body = useBack<HTMLDivElement>(adding, ".button.primary");
  const added = (list: Queues | null) => {
    setAdding(false);
    if (list) setData(list);
  };
  const queues = data?.queues ?? [];
  return (
    <div ref={body} className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "Queues" }]} />
      <div className="page-head">
        <Heading title="Queues">Queues</Heading>
        {data && !adding && queues.length > 0 && (
          <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
            New queue
          </Button>
        )}
      </div>
      <p className="soft">
        Where conversations wait for somebody of a team, the longest waiting first. Automations and bots put
        them there, and so can everybody who answers.
      </p>
      {error && !data ? (
        <Failed text={error} retry={retry} />
      ) : data ? (
        <>
          {adding && <QueueEditor queues={queues} done={added} />}
          <List queues={queues} set={setData} adding={adding} add={() => setAdding(true)} />
        </>
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

interface ListProps {
  queues: Queue[];
  set: (list: Queues) => void;
  adding: boolean;
  add: () => void;
}

function List({ queues, set, adding, add }: ListProps) {
  const current = queues.filter((q) => !q.archived);
  const archived = queues.filter((q) => q.archived);
  return (
    <>
      {current.length === 0 && !adding && (
        <div className="card">
          <Blank
            icon="queue"
            title={archived.length > 0 ? "All queues are archived" : "No queues yet"}
            action={
              <Button kind="primary" icon="plus" onClick={add}>
                New queue
              </Button>
            }
          >
            With a queue for billing, say, its people get what is about billing, in turn, as long as they are
            available.
          </Blank>
        </div>
      )}
      {current.map((q) => (
        <QueueCard key={q.id} queue={q} queues={queues} set={set} />
      ))}
      {archived.length > 0 && (
        <section className="card" aria-label="Archived queues">
          <Archived count={archived.length}>
            <ul className="lines">
              {archived.map((q) => (
                <ArchivedQueue key={q.id} queue={q} set={set} />
              ))}
            </ul>
          </Archived>
        </section>
      )}
    </>
  );
}
