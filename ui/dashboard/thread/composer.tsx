import {
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { loadDraft, saveDraft } from "./kept";

interface Props {
  issueId: string;
  issueState: string;
  send: (body: string) => void;
  typing: () => void;
  reopen: () => Promise<void>;
}

/** The longest message, in characters; the same as rejoin.MaxBody. */
const most = 10_000;
const typingEvery = 3000;

export function Composer({ issueId, issueState, send, typing, reopen }: Props) {
  if (issueState === "resolved" || issueState === "rejected")
    return <Closed state={issueState} reopen={reopen} />;
  return <Writing issueId={issueId} send={send} typing={typing} />;
}

function Writing({ issueId, send, typing }: Pick<Props, "issueId" | "send" | "typing">) {
  const agent = useMe().agent.id;
  const [text, setText] = useState(() => loadDraft(agent, issueId));
  const box = useRef<HTMLTextAreaElement>(null);
  const told = useRef(0);
  const id = useId();
  const length = Array.from(text).length;
  const tooLong = length > most;
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
    const body = text.trim();
    if (!body || tooLong) return;
    send(body);
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
      />
      <div className="composer-foot">
        <p id={`${id}-help`} className={tooLong ? "composer-help bad" : "composer-help"}>
          <Help length={length} />
        </p>
        <Button type="submit" kind="primary" disabled={!text.trim() || tooLong}>
          Send <Icon name="send" size={16} className="mirror" />
        </Button>
      </div>
    </form>
  );
}

function Help({ length }: { length: number }) {
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

function Closed({ state, reopen }: { state: string; reopen: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const words =
    state === "resolved"
      ? "This conversation is resolved. It opens again by itself when the visitor writes."
      : "This conversation was rejected. The visitor cannot write here any more.";
  return (
    <div className="composer closed">
      <p className="soft" role="status">
        {words} To write, reopen it first.
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
