import { type FormEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { Message } from "../../shared/agent";
import { Button } from "../parts/button";
import { FieldError } from "../parts/field";
import { ApiError, textOf } from "../session/api";
import { grow, mostBody } from "./text-box";
import type { Change } from "./use-thread";

interface Props {
  message: Message;
  change: Change;
  done: () => void;
}

/** MessageEditor changes the text of a message in its place. If somebody else was faster, it shows what they wrote and keeps both. */
export function MessageEditor({ message: m, change, done }: Props) {
  const [text, setText] = useState(m.body);
  const [was, setWas] = useState(m.body);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ text: string; conflict: boolean } | null>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const body = text.trim();
  const ready = !busy && body !== "" && body !== was && Array.from(body).length <= mostBody;
  const theirs = problem?.conflict && m.body !== was ? m.body : "";
  useLayoutEffect(() => grow(box.current, text), [text]);
  useEffect(() => {
    const el = box.current;
    el?.focus();
    el?.setSelectionRange(el.value.length, el.value.length);
  }, []);

  const save = async (began: string) => {
    setBusy(true);
    setProblem(null);
    try {
      await change("put", `messages/${encodeURIComponent(m.id)}`, { body, was: began });
      done();
    } catch (err) {
      setWas(began);
      setProblem({ text: textOf(err), conflict: err instanceof ApiError && err.code === "conflict" });
      setBusy(false);
    }
  };
  const submit = (e?: FormEvent) => {
    e?.preventDefault();
    if (ready) void save(was);
  };
  const key = (e: KeyboardEvent) => {
    if (e.key === "Escape") done();
    if (e.key !== "Enter" || e.shiftKey || e.nativeEvent.isComposing) return;
    e.preventDefault();
    submit();
  };
  return (
    <form className="message-editor" onSubmit={submit}>
      <textarea
        ref={box}
        aria-label="The text of this entry"
        dir="auto"
        rows={1}
        value={text}
        onChange={(e) => setText(e.target.value)}
        onKeyDown={key}
      />
      {problem && <FieldError text={problem.text} />}
      {theirs && (
        <div className="message-theirs">
          <p className="small faint">It reads now:</p>
          <p dir="auto">{theirs}</p>
        </div>
      )}
      <div className="message-editor-buttons">
        {theirs && (
          <Button size="small" kind="quiet" onClick={() => setText(theirs)}>
            Take theirs
          </Button>
        )}
        <Button size="small" kind="quiet" onClick={done}>
          Cancel
        </Button>
        {theirs ? (
          <Button size="small" kind="primary" busy={busy} onClick={() => void save(theirs)}>
            Save mine instead
          </Button>
        ) : (
          <Button size="small" kind="primary" type="submit" busy={busy} disabled={!ready}>
            Save
          </Button>
        )}
      </div>
    </form>
  );
}
