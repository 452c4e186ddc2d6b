import { useRef, useState } from "react";
import type { SavedReplies, SavedReply } from "../../shared/agent";
import { Blank } from "../parts/blank";
import { Button } from "../parts/button";
import { Confirm } from "../parts/confirm";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";
import { isSupervisor, useMe, useSession } from "../session/session";
import { Crumbs } from "../settings/crumbs";
import { PageSkeleton } from "../settings/skeleton";
import { useLoaded } from "../settings/use-loaded";
import { Failed } from "../shell/failed";
import { own, shared } from "./list";
import { ReplyForm } from "./reply-form";
import "../settings/lists.css";
import "./replies.css";

/** RepliesPage keeps the texts to answer with: everybody their own, supervisors those of the team. */
export function RepliesPage() {
  const { data, setData, error, retry } = useLoaded<SavedReplies>("/replies");
  const [adding, setAdding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAdding(false);
    requestAnimationFrame(() => add.current?.focus());
  };
  return (
    <div className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "Saved replies" }]} />
      <div className="page-head">
        <div className="replies-head">
          <Heading title="Saved replies">Saved replies</Heading>
          <p className="soft">
            Texts you answer with often. While you write an answer, press <kbd>/</kbd> in the empty field to
            find one.
          </p>
        </div>
        {data && !adding && (
          <button ref={add} type="button" className="button primary" onClick={() => setAdding(true)}>
            <Icon name="plus" /> New saved reply
          </button>
        )}
      </div>
      {error ? (
        <Failed text={error} retry={retry} />
      ) : data ? (
        <Body replies={data} set={setData} adding={adding} close={close} />
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

type Set = (list: SavedReplies) => void;

interface BodyProps {
  replies: SavedReplies;
  set: Set;
  adding: boolean;
  close: () => void;
}

function Body({ replies, set, adding, close }: BodyProps) {
  return (
    <>
      {adding && (
        <section className="card" aria-label="New saved reply">
          <ReplyForm
            saved={(list) => {
              set(list);
              close();
            }}
            cancel={close}
          />
        </section>
      )}
      {replies.replies.length === 0 && !adding && (
        <div className="card">
          <Blank icon="bolt" title="No saved replies yet">
            Begin with the answer you have typed most often this week.
          </Blank>
        </div>
      )}
      <Group title="Of the team" list={shared(replies)} set={set} />
      <Group title="Only yours" list={own(replies)} set={set} />
    </>
  );
}

function Group({ title, list, set }: { title: string; list: SavedReply[]; set: Set }) {
  if (list.length === 0) return null;
  return (
    <section className="card" aria-label={title}>
      <h2>{title}</h2>
      <ul className="lines">
        {list.map((reply) => (
          <li key={reply.id} className="line">
            <Line reply={reply} set={set} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ reply, set }: { reply: SavedReply; set: Set }) {
  const me = useMe();
  const [editing, setEditing] = useState(false);
  const edit = useRef<HTMLButtonElement>(null);
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => edit.current?.focus());
  };
  if (editing) {
    return (
      <ReplyForm
        reply={reply}
        saved={(list) => {
          set(list);
          close();
        }}
        cancel={close}
      />
    );
  }
  return (
    <>
      <div className="reply-words">
        <h3>{reply.title}</h3>
        <p className="reply-body soft small" dir="auto">
          {reply.body.replace(/\s+/g, " ")}
        </p>
      </div>
      {(!reply.shared || isSupervisor(me)) && (
        <div className="reply-buttons">
          <button
            ref={edit}
            type="button"
            className="button small"
            aria-label={`Change ${reply.title}`}
            onClick={() => setEditing(true)}
          >
            Change
          </button>
          <DeleteButton reply={reply} set={set} />
        </div>
      )}
    </>
  );
}

function DeleteButton({ reply, set }: { reply: SavedReply; set: Set }) {
  const { api } = useSession();
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  const remove = () => {
    setAsking(false);
    api.delete<SavedReplies>(`/replies/${encodeURIComponent(reply.id)}`).then(
      (list) => {
        set(list);
        notify(`“${reply.title}” is deleted.`);
      },
      (err) => notify(textOf(err), "bad"),
    );
  };
  return (
    <>
      <Button
        size="small"
        kind="quiet"
        icon="trash"
        aria-label={`Delete ${reply.title}`}
        title="Delete"
        onClick={() => setAsking(true)}
      />
      <Confirm
        open={asking}
        title={`Delete “${reply.title}”?`}
        text={
          reply.shared
            ? "Nobody on the team finds it any more."
            : "You cannot get it back. Sent answers stay as they are."
        }
        action="Delete"
        danger
        onConfirm={remove}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
