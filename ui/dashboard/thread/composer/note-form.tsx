import { type FormEvent, useId, useRef, useState } from "react";
import { Button } from "../../parts/button";
import { FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { textOf } from "../../session/api";
import { Formatted } from "../formatted";
import { newId } from "../new-id";
import { mostBody } from "../text-box";
import { Box } from "./box";
import type { ComposerProps, Writing } from "./composer";
import { inserted } from "./edit-text";
import { EmojiPicker } from "./emoji-picker";
import { lengthWords } from "./length";
import { FormatBar } from "./toolbar";
import { useDraft } from "./use-draft";
import { useTelling } from "./use-telling";

type Props = Pick<ComposerProps, "issue" | "addNote" | "typing"> & Writing;

/** NoteForm writes what only the team sees. */
export function NoteForm({ issue, addNote, typing, box, preview, setPreview }: Props) {
  const [text, setText] = useDraft(issue.id, "note");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const attempt = useRef({ id: newId(), body: "" });
  const tell = useTelling(() => typing(true));
  const id = useId();
  const body = text.trim();
  const tooLong = Array.from(body).length > mostBody;
  const ready = body !== "" && !tooLong && !busy;

  const submit = async (e?: FormEvent) => {
    e?.preventDefault();
    if (!ready) return;
    // The same text again may have arrived before; another one is another note.
    if (attempt.current.body !== body) attempt.current = { id: newId(), body };
    setBusy(true);
    setError("");
    try {
      await addNote(body, attempt.current.id);
      attempt.current = { id: newId(), body: "" };
      setText("");
      setPreview(false);
      tell.done();
    } catch (err) {
      setError(textOf(err));
    } finally {
      setBusy(false);
      box.current?.focus();
    }
  };
  return (
    <form onSubmit={submit}>
      <div className="composer-line">
        <Icon name="lock" size={15} />
        <p id={`${id}-what`}>Only your team sees this. Nothing is sent to the visitor.</p>
      </div>
      <label className="hidden-text" htmlFor={id}>
        Private note
      </label>
      <Box
        handle={box}
        id={id}
        placeholder="Write a note for your team…"
        describedBy={`${id}-what`}
        invalid={tooLong}
        hidden={preview}
        text={text}
        change={(value) => {
          setText(value);
          tell.change(value);
        }}
        submit={() => void submit()}
      />
      {preview && <div className="composer-preview">{body && <Formatted text={body} />}</div>}
      {(error || tooLong) && (
        <div className="composer-problem">
          <FieldError text={error || lengthWords(body)} />
        </div>
      )}
      <div className="composer-foot">
        <FormatBar box={() => box.current} preview={preview}>
          <EmojiPicker
            insert={(sign) => box.current?.edit((s) => inserted(s, sign))}
            focus={() => box.current?.focus()}
          />
        </FormatBar>
        <Button type="submit" className="note-button" icon="lock" busy={busy} disabled={!ready}>
          Add note
        </Button>
      </div>
    </form>
  );
}
