import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { OutlookLine } from "../../followup/outlook-line";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { ReplyPicker } from "../../replies/picker";
import { missing } from "../../replies/placeholders";
import { Formatted } from "../formatted";
import { mostBody } from "../text-box";
import { UploadList } from "../upload-list";
import { AttachButton } from "./attach-button";
import { Box } from "./box";
import type { ComposerProps, Writing } from "./composer";
import { inserted } from "./edit-text";
import { EmojiPicker } from "./emoji-picker";
import { lengthWords } from "./length";
import { FormatBar } from "./toolbar";
import { useDraft } from "./use-draft";
import { useSeen } from "./use-seen";
import { useTelling } from "./use-telling";

type Props = Omit<ComposerProps, "addNote"> & Writing;

/** ReplyForm writes what the visitor reads. */
export function ReplyForm({ issue, detail, newest, uploads, send, typing, act, returned, ...rest }: Props) {
  const { box, preview, setPreview } = rest;
  const [text, setText] = useDraft(issue.id, "reply");
  const [picking, setPicking] = useState<"" | "button" | "slash">("");
  const seen = useSeen(newest);
  const tell = useTelling(() => typing(false));
  const id = useId();
  const body = text.trim();
  const problem = problemOf(body, uploads.list);
  const ready = problem === "" && (body !== "" || uploads.list.length > 0);
  const focus = () => box.current?.focus();
  // The "/" that opened the saved replies was meant as one. Closing them may be told of more than once.
  const writeSlash = () => box.current?.edit((s) => (s.text ? null : inserted(s, "/")));
  useReturned(returned, setText, focus);

  const submit = (e?: FormEvent) => {
    e?.preventDefault();
    if (!ready) return;
    send(body, uploads.take(), seen.current);
    setText("");
    setPreview(false);
    tell.done();
    focus();
  };
  const hint = problem || lengthWords(body);
  return (
    <form onSubmit={submit}>
      <OutlookLine issue={issue} detail={detail} ask={() => act("ask", {})} />
      <UploadList uploads={uploads} left={focus} />
      <label className="hidden-text" htmlFor={id}>
        Your answer
      </label>
      <Box
        handle={box}
        id={id}
        placeholder="Write an answer… “/” for saved replies"
        describedBy={`${id}-help`}
        invalid={Array.from(body).length > mostBody}
        hidden={preview}
        text={text}
        change={(value) => {
          setText(value);
          tell.change(value);
        }}
        submit={submit}
        slash={() => setPicking("slash")}
        paste={uploads.add}
      />
      {preview && (
        <div className="composer-preview">
          {body && (
            <div className="bubble">
              <Formatted text={body} />
            </div>
          )}
        </div>
      )}
      <p
        id={`${id}-help`}
        className={problem ? "composer-problem bad" : hint ? "composer-problem" : "hidden-text"}
      >
        {hint || "Enter sends, Shift and Enter start a new line"}
      </p>
      <div className="composer-foot">
        <FormatBar box={() => box.current} preview={preview}>
          <ReplyPicker
            issue={issue}
            open={picking !== ""}
            setOpen={(on) => setPicking(on ? "button" : "")}
            insert={(words, select) => box.current?.edit((s) => inserted(s, words, select))}
            dismissed={() => picking === "slash" && requestAnimationFrame(writeSlash)}
            focus={focus}
          />
          <EmojiPicker insert={(sign) => box.current?.edit((s) => inserted(s, sign))} focus={focus} />
          <AttachButton uploads={uploads} done={focus} />
        </FormatBar>
        <Button type="submit" kind="primary" aria-label="Send" title="Send (Enter)" disabled={!ready}>
          <span className="send-word">Send</span> <Icon name="send" size={16} className="mirror" />
        </Button>
      </div>
    </form>
  );
}

/** problemOf says what keeps an answer from being sent, or "". */
function problemOf(body: string, uploads: { state: string }[]): string {
  if (uploads.some((u) => u.state === "failed"))
    return "A file did not arrive: try it again, or leave it out.";
  if (uploads.some((u) => u.state === "uploading")) return "You can send as soon as the files are uploaded.";
  if (Array.from(body).length > mostBody) return lengthWords(body);
  const left = missing(body);
  return left ? `Fill in ${left} first: it is not known here.` : "";
}

/** useReturned puts a refused answer back into the field, after what may have been begun meanwhile. */
function useReturned(
  returned: Props["returned"],
  set: (make: (text: string) => string) => void,
  focus: () => void,
) {
  const taken = useRef(returned?.clientId);
  useEffect(() => {
    if (!returned || taken.current === returned.clientId) return;
    taken.current = returned.clientId;
    set((text) => [text.trim(), returned.body].filter(Boolean).join("\n\n"));
    focus();
  });
}
