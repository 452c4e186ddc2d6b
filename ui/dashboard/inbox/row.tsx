import { memo } from "react";
import type { FollowUp, Row } from "../../shared/agent";
import { hintOf } from "../followup/hint";
import { Avatar } from "../parts/avatar";
import { Icon } from "../parts/icon";
import { Stars } from "../parts/stars";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { closingChip } from "../thread/closing";
import { Moment, useNow } from "../time/ticking";
import { UnverifiedMark } from "../user/identity-mark";
import { PresenceDot } from "../user/presence";
import { Highlight } from "./highlight";
import { type Filter, isOpen, nameOf } from "./rows";

interface Props {
  row: Row;
  filter: Filter;
  selected: boolean;
  search: string;
}

export const RowLink = memo(function RowLink({ row, filter, selected, search }: Props) {
  const name = nameOf(row);
  return (
    <Link
      className="row"
      href={paths.issue(row.id) + search}
      aria-current={selected ? "true" : undefined}
      data-unread={row.unread > 0 ? "" : undefined}
    >
      <span className="row-face">
        <Avatar id={row.user.id} name={row.user.name} />
        <PresenceDot presence={row.user.presence} />
      </span>
      <span className="row-body">
        <span className="row-top">
          <span className="row-name ellipsis">
            <Highlight text={name} q={filter.q} />
          </span>
          <UnverifiedMark user={row.user} />
          <span className="row-time">
            <Moment at={row.updated_at} />
          </span>
        </span>
        <span className="row-middle">
          <span className="row-preview">
            <Who origin={row.preview_origin} />
            <Highlight text={row.preview || row.title} q={filter.q} />
          </span>
          {row.unread > 0 && (
            <span className="badge">
              {row.unread > 99 ? "99+" : row.unread}
              <span className="hidden-text"> unread</span>
            </span>
          )}
        </span>
        <span className="row-bottom">
          <span className="ellipsis">
            <span className="hidden-text">Conversation </span>#{row.number}
            {row.assignee_name && ` · ${row.assignee_name}`}
          </span>
          <span className="row-chips">
            {isOpen(row) && row.follow_up && <Hint followUp={row.follow_up} />}
            {row.rating ? <Stars rating={row.rating} size={12} /> : null}
            {row.state === "resolved" && <Resolved row={row} />}
            {row.state === "rejected" && <span className="chip">Rejected</span>}
            {row.state === "new" && <span className="chip accent">New</span>}
          </span>
        </span>
        {row.tags && row.tags.length > 0 && <Tags list={row.tags} />}
      </span>
    </Link>
  );
});

function Resolved({ row }: { row: Row }) {
  const closing = closingChip(row);
  if (!closing?.tone) return <span className="chip good">Resolved</span>;
  return <span className={`chip ${closing.tone}`}>{closing.chip}</span>;
}

/** Tags shows the first few; the conversation shows all. */
function Tags({ list }: { list: string[] }) {
  const shown = list.slice(0, 3);
  return (
    <span className="row-tags">
      <span className="hidden-text">Tags: </span>
      {shown.map((tag) => (
        <span key={tag} className="chip row-tag">
          <span className="ellipsis">{tag}</span>
        </span>
      ))}
      {list.length > shown.length && <span>+{list.length - shown.length}</span>}
    </span>
  );
}

function Who({ origin }: { origin: string }) {
  if (origin === "end-user") return null;
  return (
    <span className="row-who">
      <Icon name={origin === "bot" ? "bot" : "reply"} size={14} />
      <span className="hidden-text">{origin === "bot" ? "Bot: " : "We wrote: "}</span>
    </span>
  );
}

function Hint({ followUp }: { followUp: FollowUp }) {
  const now = useNow(1000);
  const hint = hintOf(followUp, now);
  if (!hint) return null;
  return (
    <span className={`chip ${hint.tone}`}>
      <Icon name={hint.icon} size={13} />
      {hint.text}
    </span>
  );
}
