import { useCallback, useState } from "react";
import { FollowUpBar } from "../followup/bar";
import { isOpen } from "../inbox/rows";
import { Blank } from "../parts/blank";
import { Link } from "../router/router";
import { useSession } from "../session/session";
import { Failed } from "../shell/failed";
import { ContextColumn, ContextSheet } from "../user/context";
import { Composer } from "./composer";
import { Conversation } from "./conversation";
import { DropZone } from "./drop";
import { ThreadHeader } from "./header";
import type { ThreadState } from "./reducer";
import { useUploads } from "./uploads-context";
import { useThread } from "./use-thread";
import "./thread.css";
import "./attachments.css";

/** Thread is one conversation: its messages and timeline, what can be done, and who the visitor is. */
export function Thread({ id, back }: { id: string; back: string }) {
  const thread = useThread(id);
  const { api } = useSession();
  const [details, setDetails] = useState(false);
  const { state, act } = thread;
  const uploads = useUploads(id);
  const report = useCallback(
    async (seq: number) => {
      await api.post(`/issues/${encodeURIComponent(id)}/read`, { seq });
    },
    [api, id],
  );
  const typing = useCallback(() => {
    api.post(`/issues/${encodeURIComponent(id)}/typing`).catch(() => undefined);
  }, [api, id]);

  if (state.status === "failed") return <Unavailable state={state} retry={thread.retry} back={back} />;
  const { issue, detail } = state;
  if (!issue || !detail) return <ThreadSkeleton />;
  return (
    <div className="thread">
      <DropZone drop={isOpen(issue) ? uploads.add : undefined}>
        <ThreadHeader issue={issue} back={back} act={act} openDetails={() => setDetails(true)} />
        <Conversation
          state={state}
          report={report}
          loadOlder={thread.loadOlder}
          left={() => thread.dispatch({ type: "left" })}
          resend={thread.resend}
          discard={thread.discard}
          renew={thread.renew}
        />
        <div className="thread-foot">
          <FollowUpBar issue={issue} detail={detail} act={(action) => act("follow-up", { action })} />
          <Composer
            issue={issue}
            uploads={uploads}
            send={thread.send}
            typing={typing}
            reopen={() => act("state", { state: "open" })}
          />
        </div>
      </DropZone>
      <ContextColumn issue={issue} detail={detail} />
      <ContextSheet issue={issue} detail={detail} open={details} onOpenChange={setDetails} />
    </div>
  );
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
