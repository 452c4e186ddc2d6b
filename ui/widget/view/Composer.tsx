import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { send } from "../model/mail";
import { isClosed } from "../model/threads";
import { t, tn } from "../strings/strings";
import { useChat } from "./context";
import { Icon } from "./icons";

/** MOST is the longest message, in characters; the counter shows when fewer than NEAR are left. */
const MOST = 10_000;
const NEAR = 500;

/** Footer is the composer, or what stands in its place when the conversation is closed. */
export function Footer() {
  const chat = useChat();
  const issue = chat.threads.thread.value?.issue;
  return (
    <div class="footer">
      {issue && isClosed(issue) && (
        <div class="closed">
          <p>{t(issue.state === "resolved" ? "resolved" : "rejected")}</p>
          <button type="button" class="button second" onClick={() => chat.startNew()}>
            {t("new")}
          </button>
        </div>
      )}
      {issue?.state !== "rejected" && <Composer />}
    </div>
  );
}

function Composer() {
  const chat = useChat();
  const shown = chat.threads.shown.value;
  const text = chat.threads.drafts.value[shown ?? ""] ?? "";
  const area = useRef<HTMLTextAreaElement>(null);
  const length = text.length > MOST - NEAR ? [...text.trim()].length : 0;
  const tooLong = length > MOST;

  useLayoutEffect(() => {
    const e = area.current;
    if (!e) return;
    e.style.height = "auto";
    e.style.height = `${e.scrollHeight}px`; // the sheet limits it to six lines
  }, [text]);

  useEffect(() => {
    if (chat.focus.value > 0) area.current?.focus();
  }, [chat.focus.value]);

  function submit(): void {
    if (!text.trim() || tooLong) return;
    chat.threads.draft(shown, "");
    void send(chat, text.trim());
    area.current?.focus();
  }

  return (
    <form
      class="composer"
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        value={text}
        placeholder={t("placeholder")}
        aria-label={t("message")}
        aria-invalid={tooLong || undefined}
        aria-describedby="counter"
        enterkeyhint="send"
        onInput={(e) => {
          chat.threads.draft(shown, e.currentTarget.value);
          if (e.currentTarget.value.trim()) chat.wrote();
        }}
        onKeyDown={(e) => {
          if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.keyCode === 229) return;
          e.preventDefault();
          submit();
        }}
      />
      <button type="submit" class="round" aria-label={t("send")} disabled={!text.trim() || tooLong}>
        <Icon name="send" />
      </button>
      <p id="counter" class={tooLong ? "counter problem" : "counter"} role="status">
        {length > 0 &&
          (tooLong ? tn("toolong", length - MOST) : length > MOST - NEAR && tn("left", MOST - length))}
      </p>
    </form>
  );
}
