import { memo } from "react";
import type { FollowUp, Row } from "../../shared/agent";
import { hintOf } from "../followup/hint";
import { Avatar } from "../parts/avatar";
import { Icon, type IconName } from "../parts/icon";
import { Stars } from "../parts/stars";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { closingChip } from "../thread/closing";
import { Moment, useNow } from "../time/ticking";
import { UnverifiedMark } from "../user/identity-mark";
import { PresenceDot } from "../user/presence";
import { around, partsOf } from "./highlight";
import { isOpen, nameOf } from "./rows";

interface Props {
  row: Row;
  /** Where the searched words were found. */
  hit?: string;
  q: string;
  selected: boolean;
  picked: boolean;
  leaving: boolean;
  search: string;
  /** range is true where everything since the last one is meant too. */
  onPick: (id: string, range: boolean) => void;
}

/** RowItem is one conversation in the list: a link, and a check box where the face is. */
export const RowItem = memo(function RowItem({
  row,
  hit,
  q,
  selected,
  picked,
  leaving,
  search,
  onPick,
}: Props) {
  const name = nameOf(row);
  return (
    <div
      className="row"
      data-current={selected ? "" : undefined}
      data-picked={picked ? "" : undefined}
      data-unread={row.unread > 0 ? "" : undefined}
      data-leaving={leaving ? "" : undefined}
    >
      <Link
        className="row-link"
        href={paths.issue(row.id) + search}
        aria-current={selected ? "true" : undefined}
      >
        <span className="row-face">
          <Avatar id={row.user.id} name={row.user.name} />
          <PresenceDot presence={row.user.presence} />
        </span>
        <span className="row-body">
          <span className="row-top">
            <span className="row-name ellipsis">
              <Highlight text={name} q={q} />
            </span>
            <UnverifiedMark user={row.user} />
            <span className="row-time">
              <Moment at={row.updated_at} />
            </span>
          </span>
          <Words row={row} hit={hit} q={q} />
          <span className="row-bottom">
            <span className="ellipsis">
              <span className="hidden-text">Conversation </span>#{row.number}
              {row.queue_name && ` · ${row.queue_name}`}
              {row.assignee_name && ` · ${row.assignee_name}`}
            </span>
            <Chips row={row} />
          </span>
          {row.tags && row.tags.length > 0 && <Tags list={row.tags} />}
        </span>
      </Link>
      <label className="row-pick">
        <input
          type="checkbox"
          className="check-box"
          checked={picked}
          aria-label={`Select ${name}, conversation ${row.number}`}
          onChange={(e) => onPick(row.id, e.nativeEvent instanceof MouseEvent && e.nativeEvent.shiftKey)}
        />
      </label>
    </div>
  );
});

/** Words are the newest message, or the one in which was found what is searched for. */
function Words({ row, hit, q }: Pick<Props, "row" | "hit" | "q">) {
  return (
    <span className="row-middle">
      <span className="row-preview">
        {hit ? <Icon name="search" size={13} className="row-who" /> : <Who origin={row.preview_origin} />}
        <Highlight text={hit ? around(hit, q) : row.preview || row.title || "Redacted"} q={q} />
      </span>
      {row.unread > 0 && (
        <span className="badge">
          {row.unread > 99 ? "99+" : row.unread}
          <span className="hidden-text"> unread</span>
        </span>
      )}
    </span>
  );
}

function Highlight({ text, q }: { text: string; q: string }) {
  if (!q) return text;
  // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name than their place
  return partsOf(text, q).map((p, i) => (p.hit ? <mark key={i}>{p.text}</mark> : p.text));
}

function Chips({ row }: { row: Row }) {
  return (
    <span className="row-chips">
      {isOpen(row) && row.follow_up && <Hint followUp={row.follow_up} />}
      {row.rating ? <Stars rating={row.rating} size={12} /> : null}
      {row.state === "resolved" && <Resolved row={row} />}
      {row.state === "rejected" && <span className="chip">Rejected</span>}
      {row.state === "new" && <span className="chip accent">New</span>}
    </span>
  );
}

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
  const [icon, who] = writers[origin] ?? (["reply", "We wrote"] as const);
  return (
    <span className="row-who">
      <Icon name={icon} size={14} />
      <span className="hidden-text">{who}: </span>
    </span>
  );
}

const writers: Record<string, readonly [IconName, string]> = {
  bot: ["bot", "Bot"],
  automation: ["flow", "Automation"],
};

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
