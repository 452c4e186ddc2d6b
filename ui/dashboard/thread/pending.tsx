import { Icon } from "../parts/icon";
import { Attachments } from "./attachments";
import { Formatted } from "./formatted";
import type { Pending } from "./reducer";

interface Props {
  pending: Pending;
  /** Whether the conversation is open: if not, that is what was in the way. */
  open: boolean;
  resend: (p: Pending) => void;
  discard: (p: Pending) => void;
  /** edit puts its text back where it was written. */
  edit: (p: Pending) => void;
}

/** PendingBubble is a message on its way, with what can be done if it was refused. */
export function PendingBubble({ pending, ...tools }: Props) {
  const refused = pending.state === "failed" || pending.state === "overtaken";
  return (
    <article className="message ours agent" data-first data-last data-pending={pending.state}>
      <div className="message-body">
        <p className="hidden-text">You</p>
        {pending.body && (
          <div className="bubble">
            <Formatted text={pending.body} />
          </div>
        )}
        {pending.files && <Attachments files={pending.files} />}
        {refused ? (
          <Refused pending={pending} {...tools} />
        ) : (
          <p className="message-foot">
            <Icon name="clock" size={13} />
            {pending.state === "waiting" ? "Waiting for the connection; it is sent by itself" : "Sending…"}
          </p>
        )}
      </div>
    </article>
  );
}

function Refused({ pending, open, resend, discard, edit }: Props) {
  const overtaken = pending.state === "overtaken" && open;
  return (
    <div className="message-failed" role="alert">
      <p>
        <Icon name="alert" size={14} /> Not sent. {pending.error}
      </p>
      <button type="button" className="text-button" onClick={() => resend(pending)}>
        {overtaken ? "Send anyway" : "Send again"}
      </button>
      {overtaken && !pending.files && (
        <button type="button" className="text-button" onClick={() => edit(pending)}>
          Change it first
        </button>
      )}
      <button type="button" className="text-button" onClick={() => discard(pending)}>
        Discard
      </button>
    </div>
  );
}
