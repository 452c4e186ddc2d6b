import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { SavedReplies, SavedReply, SetSavedReply } from "../../shared/agent";
import { Button } from "../parts/button";
import { Field, FieldError } from "../parts/field";
import { Toggle } from "../parts/toggle";
import { isSupervisor, useMe, useSession } from "../session/session";
import { useAdding } from "../settings/use-adding";
import { Formatted } from "../thread/formatted";
import { filled, names, unknown } from "./placeholders";

interface Props {
  /** What is changed; a new one without it. */
  reply?: SavedReply;
  saved: (list: SavedReplies) => void;
  cancel: () => void;
}

/** ReplyForm writes a saved reply, and shows it as it comes out for somebody. */
export function ReplyForm({ reply, saved, cancel }: Props) {
  const me = useMe();
  const { api } = useSession();
  const [title, setTitle] = useState(reply?.title ?? "");
  const [body, setBody] = useState(reply?.body ?? "");
  const [forAll, setForAll] = useState(reply?.shared ?? false);
  const { busy, problem, add } = useAdding();
  const form = useRef<HTMLFormElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => form.current?.querySelector("input")?.focus(), []);

  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const set: SetSavedReply = { title: title.trim(), body: body.trim(), shared: forAll };
    const path = reply ? `/replies/${encodeURIComponent(reply.id)}` : "/replies";
    const list = await add(
      () => (reply ? api.put<SavedReplies>(path, set) : api.post<SavedReplies>(path, set)),
      `“${set.title}” is saved.`,
    );
    if (list) saved(list);
  };
  const put = (name: string) => {
    const el = box.current;
    if (!el) return;
    el.setRangeText(`{{${name}}}`, el.selectionStart, el.selectionEnd, "end");
    setBody(el.value);
    el.focus();
  };
  const strange = unknown(body);
  const at = (field: string) => (problem?.field === field ? problem.text : undefined);
  return (
    <form ref={form} className="reply-form" onSubmit={submit} noValidate>
      <Field label="Title" help="What you look for when you need it." error={at("title")}>
        {(props) => (
          <input
            {...props}
            maxLength={80}
            autoComplete="off"
            value={title}
            onChange={(e) => setTitle(e.target.value)}
          />
        )}
      </Field>
      <Field
        label="Text"
        help="With formatting as in an answer. Names in double braces are filled in; after a bar stands what is said if they are not known: {{user.name|there}}."
        error={at("body") ?? (strange && `${strange} is nothing we can fill in: it stays as it is.`)}
      >
        {(props) => (
          <textarea
            {...props}
            ref={box}
            rows={6}
            dir="auto"
            value={body}
            onChange={(e) => setBody(e.target.value)}
          />
        )}
      </Field>
      <fieldset className="chips" aria-label="Put in">
        {Object.keys(names).map((name) => (
          <button key={name} type="button" className="chip reply-name" onClick={() => put(name)}>
            {`{{${name}}}`}
          </button>
        ))}
      </fieldset>
      {body.trim() && (
        <section className="reply-example" aria-label="For example">
          <p className="faint small">For example</p>
          <Formatted text={filled(body, names).text} />
        </section>
      )}
      {isSupervisor(me) && (
        <div className="reply-shared">
          <div>
            <p id={`${id}-all`}>For the whole team</p>
            <p className="help" id={`${id}-why`}>
              Everybody finds it; supervisors change it.
            </p>
          </div>
          <Toggle on={forAll} set={setForAll} labelledBy={`${id}-all`} describedBy={`${id}-why`} />
        </div>
      )}
      {problem && !["title", "body"].includes(problem.field) && <FieldError text={problem.text} />}
      <div className="reply-buttons">
        <Button onClick={cancel}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy} disabled={!title.trim() || !body.trim()}>
          Save
        </Button>
      </div>
    </form>
  );
}
