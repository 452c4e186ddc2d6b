import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { send } from "../model/mail";
import { isClosed } from "../model/threads";
import { t, tn } from "../strings/strings";
import { useChat } from "./context";
import { NEAR, stepOf } from "./counter";
import { Icon } from "./icons";

/** MOST is the longest message, in characters; the counter shows when fewer than NEAR are left. */
const MOST = 10_000;

/** useFocusTurn gives the element the focus once for every time that it is wanted, and never again at a later mount. */
function useFocusTurn(element: RefObject<HTMLElement | null>): void {
  const chat = useChat();
  useEffect(() => {
    if (chat.focus.value <= chat.focusServed) return;
    chat.focusServed = chat.focus.value;
    element.current?.focus();
  }, [chat.focus.value]);
}

/** Footer is the composer, or what stands in its place when the conversation is closed. */
export function Footer() {
  const chat = useChat();
  const issue = chat.threads.thread.value?.issue;
  return (
    <div class="footer">
      {issue && isClosed(issue) && (
        <div class="closed">
          <p>{t(issue.state === "resolved" ? "resolved" : "rejected")}</p>
          {issue.state === "rejected" ? <OnlyNew /> : <New />}
        </div>
      )}
      {issue?.state !== "rejected" && <Composer />}
    </div>
  );
}

function New({ button }: { button?: RefObject<HTMLButtonElement | null> }) {
  const chat = useChat();
  return (
    <button ref={button} type="button" class="button second" onClick={() => chat.startNew()}>
      {t("new")}
    </button>
  );
}

/** OnlyNew takes the focus where there is no composer to take it. */
function OnlyNew() {
  const button = useRef<HTMLButtonElement>(null);
  useFocusTurn(button);
  return <New button={button} />;
}

function Composer() {
  const chat = useChat();
  const shown = chat.threads.shown.value;
  const text = chat.threads.drafts.value[shown ?? ""] ?? "";
  const area = useRef<HTMLTextAreaElement>(null);
  const left = MOST - (text.length > MOST - NEAR ? [...text.trim()].length : 0);
  const tooLong = left < 0;
  useFocusTurn(area);

  useLayoutEffect(() => {
    const e = area.current;
    if (!e) return;
    e.style.height = "auto";
    e.style.height = `${e.scrollHeight}px`; // the sheet limits it to six lines
  }, [text]);

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
      <p id="counter" class={tooLong ? "counter problem" : "counter"}>
        {leftText(left)}
      </p>
      <Spoken left={left} />
    </form>
  );
}

function leftText(left: number): string {
  if (left < 0) return tn("toolong", -left);
  return left <= NEAR ? tn("left", left) : "";
}

/** Spoken tells those who listen how much is left, a few times only: not at every key. */
function Spoken({ left }: { left: number }) {
  const step = stepOf(left);
  const text = useMemo(() => leftText(left), [step]);
  return (
    <p class="sr" role="status">
      {text}
    </p>
  );
}
