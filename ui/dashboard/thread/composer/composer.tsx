import { Tabs } from "radix-ui";
import { type RefObject, useRef, useState } from "react";
import type { Attachment, Detail, Row } from "../../../shared/agent";
import { isOpen } from "../../inbox/rows";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { useMe } from "../../session/session";
import { useShortcuts } from "../../shortcuts/shortcuts";
import { closedWords } from "../closing";
import { loadDraft } from "../kept";
import type { IssueUploads } from "../uploads-context";
import type { BoxHandle } from "./box";
import { NoteForm } from "./note-form";
import { ReplyForm } from "./reply-form";
import { PreviewButton } from "./toolbar";
import "./composer.css";

export interface ComposerProps {
  issue: Row;
  detail: Detail;
  /** The newest message on the screen. */
  newest: number;
  uploads: IssueUploads;
  send: (body: string, files: Attachment[], seen: number) => void;
  typing: (note: boolean) => void;
  act: (action: string, body: unknown) => Promise<void>;
  addNote: (body: string, clientId: string) => Promise<void>;
  /** A refused answer whose author wants to change it. */
  returned: { clientId: string; body: string } | null;
}

/** Writing is what both forms share: the field, and whether its text is shown as it will look. */
export interface Writing {
  box: RefObject<BoxHandle | null>;
  preview: boolean;
  setPreview: (on: boolean) => void;
}

type Mode = "reply" | "note";

/** Composer is where agents write: answers, and private notes, which have a text and a colour of their own. */
export function Composer(props: ComposerProps) {
  const { issue } = props;
  const me = useMe();
  const open = isOpen(issue);
  const [mode, setMode] = useState<Mode>("reply");
  const box = useRef<BoxHandle>(null);
  const noted = mode === "reply" && loadDraft(me.agent.id, issue.id, "note") !== "";
  const [preview, setPreview] = useState(false);
  const turn = (next: Mode) => {
    setMode(next);
    setPreview(false);
  };
  // Whoever has clicked a tab types next: outside the field, their letters would be shortcuts.
  const begin = () => requestAnimationFrame(() => box.current?.focus());
  const write = (next: Mode) => {
    turn(next);
    begin();
  };
  const writing: Writing = { box, preview, setPreview };
  useShortcuts({
    r: { label: "Write an answer", group: "Conversation", run: () => write("reply") },
    n: { label: "Write a private note", group: "Conversation", run: () => write("note") },
  });
  return (
    <Tabs.Root
      className="composer"
      data-mode={mode}
      data-shortcuts="off"
      value={mode}
      onValueChange={(next) => turn(next as Mode)}
    >
      <div className="composer-head">
        <Tabs.List className="composer-tabs" aria-label="What to write">
          <Tabs.Trigger value="reply" className="composer-tab" onClick={begin}>
            Reply
          </Tabs.Trigger>
          <Tabs.Trigger value="note" className="composer-tab" onClick={begin}>
            <Icon name="lock" size={14} /> Private note
            {noted && <span className="composer-begun" title="You have begun a note" />}
          </Tabs.Trigger>
        </Tabs.List>
        {(open || mode === "note") && <PreviewButton on={preview} set={setPreview} />}
      </div>
      <Tabs.Content value="reply" tabIndex={-1}>
        {open ? <ReplyForm {...props} {...writing} /> : <Closed issue={issue} act={props.act} />}
      </Tabs.Content>
      <Tabs.Content value="note" tabIndex={-1}>
        <NoteForm {...props} {...writing} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

function Closed({ issue, act }: Pick<ComposerProps, "issue" | "act">) {
  const [busy, setBusy] = useState(false);
  const reopen = () => {
    setBusy(true);
    void act("state", { state: "open", from: issue.state }).finally(() => setBusy(false));
  };
  return (
    <div className="composer-closed">
      <p className="soft" role="status">
        {closedWords(issue)} To write, reopen it first.
      </p>
      <Button icon="reopen" busy={busy} onClick={reopen}>
        Reopen
      </Button>
    </div>
  );
}
