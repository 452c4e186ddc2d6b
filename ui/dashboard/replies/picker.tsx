import { Popover, Toolbar } from "radix-ui";
import { type KeyboardEvent, useId, useState } from "react";
import type { Row, SavedReplies, SavedReply } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { useMe } from "../session/session";
import { useLoaded } from "../settings/use-loaded";
import { found } from "./list";
import { filled, valuesOf } from "./placeholders";
import "../parts/picker.css";
import "./replies.css";

interface Props {
  issue: Row;
  open: boolean;
  setOpen: (on: boolean) => void;
  insert: (words: string, select?: [number, number]) => void;
  /** It was closed without a choice. */
  dismissed: () => void;
  focus: () => void;
}

/** ReplyPicker finds a saved reply and puts it where the caret is, filled in with what is known here. */
export function ReplyPicker({ issue, open, setOpen, insert, dismissed, focus }: Props) {
  const me = useMe();
  const pick = (reply: SavedReply) => {
    const app = me.apps.find((a) => a.id === issue.app_id)?.name ?? "";
    const { text, select } = filled(reply.body, valuesOf(issue, me.agent, app));
    setOpen(false);
    requestAnimationFrame(() => insert(text, select));
  };
  return (
    <Popover.Root
      open={open}
      onOpenChange={(on) => {
        setOpen(on);
        if (!on) dismissed();
      }}
    >
      <Popover.Trigger asChild>
        <Toolbar.Button className="tool" aria-label="Saved replies" title="Saved replies (/)">
          <Icon name="bolt" size={18} />
        </Toolbar.Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover reply-picker"
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Saved replies"
          onCloseAutoFocus={(e) => {
            e.preventDefault();
            focus();
          }}
        >
          <Choices pick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices({ pick }: { pick: (reply: SavedReply) => void }) {
  const { data, error, retry } = useLoaded<SavedReplies>("/replies");
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const list = data ? found(data.replies, query) : [];
  const chosen = list[Math.min(at, list.length - 1)];
  const key = (e: KeyboardEvent) => {
    const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (step) setAt((n) => (Math.min(n, list.length - 1) + step + list.length) % Math.max(list.length, 1));
    if (e.key === "Enter" && chosen) pick(chosen);
    if (step || e.key === "Enter") e.preventDefault();
  };
  return (
    <>
      <input
        className="input"
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={chosen && `${id}-${chosen.id}`}
        aria-label="Search saved replies"
        placeholder="Search saved replies"
        value={query}
        onChange={(e) => {
          setQuery(e.target.value);
          setAt(0);
        }}
        onKeyDown={key}
      />
      <div id={id} role="listbox" aria-label="Saved replies" className="reply-list">
        {list.map((r) => (
          <Choice key={r.id} id={`${id}-${r.id}`} reply={r} on={r === chosen} pick={() => pick(r)} />
        ))}
      </div>
      {error && (
        <p className="small soft">
          {error}{" "}
          <button type="button" className="text-button" onClick={retry}>
            Try again
          </button>
        </p>
      )}
      {!data && !error && <span className="skeleton reply-wait" role="status" aria-label="Loading" />}
      {data && list.length === 0 && (
        <p className="small faint reply-none">
          {data.replies.length === 0 ? "No saved replies yet." : `Nothing is found for “${query}”.`}
        </p>
      )}
      <Link className="reply-manage small" href={paths.replies}>
        Manage saved replies
      </Link>
    </>
  );
}

function Choice({ id, reply, on, pick }: { id: string; reply: SavedReply; on: boolean; pick: () => void }) {
  return (
    <div
      id={id}
      ref={(el) => {
        if (on) el?.scrollIntoView({ block: "nearest" });
      }}
      role="option"
      tabIndex={-1}
      aria-selected={on}
      className="reply-choice"
      onMouseDown={(e) => e.preventDefault()}
      onClick={pick}
      onKeyDown={() => undefined}
    >
      <p className="reply-title">
        <span className="ellipsis">{reply.title}</span>
        {!reply.shared && <span className="chip">Only you</span>}
      </p>
      <p className="reply-body small soft" dir="auto">
        {reply.body.replace(/\s+/g, " ")}
      </p>
    </div>
  );
}
