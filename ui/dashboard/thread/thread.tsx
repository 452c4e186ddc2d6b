import { useCallback, useState } from "react";
import { FollowUpBar } from "../followup/bar";
import { isOpen } from "../inbox/rows";
import { Blank } from "../parts/blank";
import { Link } from "../router/router";
import { useSession } from "../session/session";
import { Failed } from "../shell/failed";
import { useShortcuts } from "../shortcuts/shortcuts";
import { ContextColumn, ContextSheet } from "../user/context";
import { Writing } from "./colleagues";
import { Composer } from "./composer/composer";
import { Conversation } from "./conversation";
import { DropZone } from "./drop";
import { ThreadHeader } from "./header";
import { lastSeq, type Pending, type ThreadState } from "./reducer";
import { BotStrip } from "./running-bot";
import { useUploads } from "./uploads-context";
import { useThread } from "./use-thread";
import "./thread.css";
import "./attachments.css";
import "./bot.css";

/** Thread is one conversation: its messages and timeline, what can be done, and who the visitor is. */
export function Thread({ id, back }: { id: string; back: string }) {
  const thread = useThread(id);
  const { api } = useSession();
  const [details, setDetails] = useState(false);
  const { state, act } = thread;
  const uploads = useUploads(id);
  useShortcuts({
    "#": { label: "Add a tag", group: "Conversation", run: () => toTags(() => setDetails(true)) },
  });
  const report = useCallback(
    async (seq: number) => {
      await api.post(`/issues/${encodeURIComponent(id)}/read`, { seq });
    },
    [api, id],
  );
  const typing = useCallback(
    (note: boolean) => {
      api.post(`/issues/${encodeURIComponent(id)}/typing`, note ? { note } : {}).catch(() => undefined);
    },
    [api, id],
  );
  const [returned, setReturned] = useState<Pending | null>(null);
  const edit = (p: Pending) => {
    setReturned(p);
    thread.discard(p);
  };

  if (state.status === "failed") return <Unavailable state={state} retry={thread.retry} back={back} />;
  const { issue, detail } = state;
  if (!issue || !detail) return <ThreadSkeleton />;
  return (
    <div className="thread">
      <DropZone drop={isOpen(issue) ? uploads.add : undefined}>
        <ThreadHeader
          issue={issue}
          back={back}
          here={state.here}
          act={act}
          openDetails={() => setDetails(true)}
        />
        {detail.bot && <BotStrip bot={detail.bot} act={act} />}
        <Conversation
          state={state}
          report={report}
          loadOlder={thread.loadOlder}
          left={() => thread.dispatch({ type: "left" })}
          resend={thread.resend}
          discard={thread.discard}
          edit={edit}
          renew={thread.renew}
          change={thread.change}
        />
        <div className="thread-foot">
          <FollowUpBar issue={issue} detail={detail} act={(action) => act("follow-up", { action })} />
          <Writing here={state.here} />
          <Composer
            issue={issue}
            detail={detail}
            newest={lastSeq(state)}
            uploads={uploads}
            send={thread.send}
            typing={typing}
            act={act}
            addNote={(body, client_id) => thread.change("post", "notes", { client_id, body })}
            returned={returned}
          />
        </div>
      </DropZone>
      <ContextColumn issue={issue} detail={detail} change={thread.change} />
      <ContextSheet
        issue={issue}
        detail={detail}
        change={thread.change}
        open={details}
        onOpenChange={setDetails}
      />
    </div>
  );
}

/** toTags leads to where tags are added: beside the conversation, or in the sheet, which is opened for it. */
function toTags(open: () => void) {
  const find = () =>
    [...document.querySelectorAll<HTMLElement>(".tags-input")].find((el) => el.checkVisibility());
  const there = find();
  if (there) return there.focus();
  open();
  setTimeout(() => find()?.focus(), 50); // the sheet takes the focus first
}

function Unavailable({ state, retry, back }: { state: ThreadState; retry: () => void; back: string }) {
  const link = (
    <Link className="button" href={back}>
      Back to the inbox
    </Link>
  );
  if (!state.missing) return <Failed text={state.error} retry={retry} also={link} />;
  return (
    <div className="centered">
      <Blank icon="chat" title="There is no such conversation" action={link}>
        The link may be incomplete, or it belongs to another company.
      </Blank>
    </div>
  );
}

function ThreadSkeleton() {
  return (
    <div className="thread" role="status" aria-label="Loading the conversation">
      <div className="thread-main" aria-hidden="true">
        <div className="thread-head">
          <span className="avatar skeleton" />
          <span className="skeleton thread-skeleton-name" />
        </div>
        <div className="thread-skeleton">
          <span className="skeleton" />
          <span className="skeleton ours" />
          <span className="skeleton" />
        </div>
      </div>
    </div>
  );
}
