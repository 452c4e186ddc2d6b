import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { t, tn } from "../strings/strings";
import { ClipButton } from "./Clip";
import { useParts } from "./context";
import { NEAR, stepOf } from "./counter";
import { useFocusTurn } from "./focus";
import { Icon } from "./icons";

/** MOST is the longest message, in characters; the counter shows when fewer than NEAR are left. */
const MOST = 10_000;

/** Composer is the field to write in, with the files that go along. */
export function Composer() {
  const { chat, attach } = useParts();
  const files = attach.files.value;
  const Tray = attach.part.here.value?.Tray;
  const shown = chat.threads.shown.value;
  const text = chat.threads.drafts.value[shown ?? ""] ?? "";
  const area = useRef<HTMLTextAreaElement>(null);
  const left = MOST - (text.length > MOST - NEAR ? [...text.trim()].length : 0);
  const tooLong = left < 0;
  const held = files?.held.value.includes(shown) === true;
  const full = files !== null && files.of(shown).length > 0;
  const ready = (text.trim() !== "" || full) && !tooLong;
  useFocusTurn(area);
  usePrefill();

  useLayoutEffect(() => {
    const e = area.current;
    if (!e) return;
    e.style.height = "auto";
    e.style.height = `${e.scrollHeight}px`; // the sheet limits it to six lines
  }, [text]);

  function submit(): void {
    if (!ready || held) return;
    attach.post();
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
      {Tray && files && <Tray model={files} heir={area} />}
      {attach.part.late.value && <p class="tray-notes hint">{t("waiting")}</p>}
      {attach.allowed() && <ClipButton />}
      <textarea
        ref={area}
        rows={1}
        dir={text ? "auto" : undefined}
        value={text}
        placeholder={t("placeholder")}
        aria-label={t("message")}
        aria-invalid={tooLong || undefined}
        aria-describedby="counter"
        enterkeyhint="send"
        onInput={(e) => {
          chat.threads.draft(shown, e.currentTarget.value);
          files?.unhold(shown);
          if (e.currentTarget.value.trim()) chat.wrote();
        }}
        onPaste={(e) => {
          const pasted = picturesOf(e.clipboardData);
          if (pasted.length === 0 || !attach.allowed()) return;
          e.preventDefault();
          void attach.add(pasted);
        }}
        onKeyDown={(e) => {
          if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.keyCode === 229) return;
          e.preventDefault();
          submit();
        }}
      />
      <button type="submit" class="round" aria-label={t("send")} disabled={!ready} aria-disabled={held}>
        {held ? <span class="spin" /> : <Icon name="send" />}
      </button>
      <p id="counter" class={tooLong ? "counter problem" : "counter"}>
        {leftText(left)}
      </p>
      <Spoken left={left} />
    </form>
  );
}

/** usePrefill begins a new conversation's field with what the host page proposes, until a first message is on its way. */
function usePrefill(): void {
  const { chat } = useParts();
  const { prefill } = chat.settings.value;
  useLayoutEffect(() => {
    const { threads, outbox, sessions } = chat;
    const begins = (e: { as: string; issue: string | null }) => e.as === sessions.use.peek() && !e.issue;
    if (!prefill || threads.shown.peek() !== null || threads.drafts.peek()[""]) return;
    if (!outbox.entries.peek().some(begins)) threads.draft(null, prefill);
  }, [prefill]);
  const { shown, drafts } = chat.threads;
  const issue = shown.value;
  useLayoutEffect(() => {
    // A first message that the page has sent on the person's behalf leaves the proposal behind.
    if (issue !== null && prefill && drafts.peek()[issue] === prefill) chat.threads.draft(issue, "");
  }, [issue]);
}

/** picturesOf returns what was pasted as a picture. Office programs give a picture of a text along with the text: then the text is meant. */
function picturesOf(data: DataTransfer | null): File[] {
  if (!data || data.types.includes("text/plain")) return [];
  return [...data.files];
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
