import {
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Attachment, Row } from "../../shared/agent";
import { isOpen } from "../inbox/rows";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { closedWords } from "./closing";
import { loadDraft, saveDraft } from "./kept";
import { UploadList } from "./upload-list";
import { mostFiles } from "./uploads";
import type { IssueUploads } from "./uploads-context";

interface Props {
  issue: Row;
  uploads: IssueUploads;
  send: (body: string, files: Attachment[]) => void;
  typing: () => void;
  reopen: () => Promise<void>;
}

/** The longest message, in characters; the same as rejoin.MaxBody. */
const most = 10_000;
const typingEvery = 3000;

export function Composer({ issue, reopen, ...rest }: Props) {
  if (!isOpen(issue)) return <Closed issue={issue} reopen={reopen} />;
  return <Writing issueId={issue.id} {...rest} />;
}

interface WritingProps extends Omit<Props, "issue" | "reopen"> {
  issueId: string;
}

function Writing({ issueId, uploads, send, typing }: WritingProps) {
  const agent = useMe().agent.id;
  const [text, setText] = useState(() => loadDraft(agent, issueId));
  const box = useRef<HTMLTextAreaElement>(null);
  const told = useRef(0);
  const id = useId();
  const length = Array.from(text).length;
  const tooLong = length > most;
  const body = text.trim();
  const uploading = uploads.list.some((u) => u.state === "uploading");
  const stuck = uploads.list.some((u) => u.state === "failed");
  const ready = !tooLong && !uploading && !stuck && (body !== "" || uploads.list.length > 0);
  useEffect(() => saveDraft(agent, issueId, text), [agent, issueId, text]);
  useLayoutEffect(() => grow(box.current, text), [text]);

  const change = (value: string) => {
    setText(value);
    if (!value.trim() || Date.now() - told.current < typingEvery) return;
    told.current = Date.now();
    typing();
  };
  const submit = (e?: FormEvent) => {
    e?.preventDefault();
    if (!ready) return;
    send(body, uploads.take());
    setText("");
    told.current = 0;
    box.current?.focus();
  };
  const key = (e: KeyboardEvent) => {
    if (e.key !== "Enter" || e.shiftKey || e.nativeEvent.isComposing || touched()) return;
    e.preventDefault();
    submit();
  };
  return (
    <form className="composer" onSubmit={submit}>
      <UploadList uploads={uploads} left={() => box.current?.focus()} />
      <label className="hidden-text" htmlFor={id}>
        Your answer
      </label>
      <textarea
        ref={box}
        id={id}
        rows={1}
        dir="auto"
        placeholder="Write an answer…"
        aria-describedby={`${id}-help`}
        aria-invalid={tooLong || undefined}
        value={text}
        onChange={(e) => change(e.target.value)}
        onKeyDown={key}
        onPaste={(e) => {
          const files = pasted(e.clipboardData);
          if (files.length === 0) return;
          e.preventDefault();
          uploads.add(files);
        }}
      />
      <div className="composer-foot">
        <p id={`${id}-help`} className={tooLong ? "composer-help bad" : "composer-help"}>
          <Help length={length} uploading={uploading} stuck={stuck} />
        </p>
        <div className="composer-buttons">
          <AttachButton uploads={uploads} done={() => box.current?.focus()} />
          <Button type="submit" kind="primary" disabled={!ready}>
            Send <Icon name="send" size={16} className="mirror" />
          </Button>
        </div>
      </div>
    </form>
  );
}

function AttachButton({ uploads, done }: { uploads: IssueUploads; done: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const pick = () => {
    uploads.add([...(input.current?.files ?? [])]);
    if (input.current) input.current.value = ""; // so that the same file can be picked again
    done();
  };
  return (
    <>
      <input ref={input} type="file" multiple hidden aria-label="Files" onChange={pick} />
      <Button
        kind="quiet"
        icon="clip"
        aria-label="Attach files"
        title="Attach files"
        disabled={uploads.list.length >= mostFiles}
        onClick={() => input.current?.click()}
      />
    </>
  );
}

/** pasted are the files of a paste; where there is text as well, the text is meant. */
function pasted(data: DataTransfer): File[] {
  return data.types.includes("text/plain") ? [] : [...data.files];
}

function Help({ length, uploading, stuck }: { length: number; uploading: boolean; stuck: boolean }) {
  if (stuck) return "A file did not arrive: try it again, or leave it out.";
  if (uploading) return "You can send as soon as the files are uploaded.";
  if (length > most)
    return `${(length - most).toLocaleString("en")} characters too many: please split the message.`;
  if (length > most - 1000) return `${(most - length).toLocaleString("en")} characters left`;
  return (
    <span className="composer-keys">
      <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> starts a new line
    </span>
  );
}

/** On a touch keyboard, which has no Shift + Enter, Enter starts a new line and the button sends. */
const touched = () => matchMedia("(pointer: coarse)").matches;

/** grow makes the box as high as its text; the style sheet sets the limits. The text is what it depends on. */
function grow(box: HTMLTextAreaElement | null, text: string) {
  if (!box) return;
  box.style.blockSize = "auto";
  if (text) box.style.blockSize = `${box.scrollHeight + 2}px`;
}

function Closed({ issue, reopen }: { issue: Row; reopen: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  return (
    <div className="composer closed">
      <p className="soft" role="status">
        {closedWords(issue)} To write, reopen it first.
      </p>
      <Button
        icon="reopen"
        busy={busy}
        onClick={() => {
          setBusy(true);
          void reopen().finally(() => setBusy(false));
        }}
      >
        Reopen
      </Button>
    </div>
  );
}
