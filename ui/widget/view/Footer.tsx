import { useEffect, useRef } from "preact/hooks";
import type { Issue } from "../../shared/chat";
import { t } from "../strings/strings";
import { Composer } from "./Composer";
import { useChat, useParts } from "./context";
import { useFocusTurn, useHeir } from "./focus";
import { type Mode, modeOf, writable } from "./mode";

/**
 * Footer is the composer, or what stands in its place while the conversation ends. What it says is read out when it changes.
 * Without the cards there is still a way on: to write, or to begin anew.
 */
export function Footer() {
  const { chat, ending, cards } = useParts();
  const issue = chat.threads.thread.value?.issue;
  const mode = modeOf(issue, ending);
  const { ResolutionCard, RatingCard } = cards.here.value ?? {};
  const box = useRef<HTMLDivElement>(null);
  useHeir(box, `${mode} ${cards.here.value !== null}`);
  useEffect(() => {
    if (issue && ending.closing(issue)) void cards.want();
  }, [mode]);
  return (
    <div class="footer" ref={box}>
      <div class="words" role="status">
        {issue && <Words issue={issue} mode={mode} />}
      </div>
      {ResolutionCard && issue && mode === "question" && <ResolutionCard issue={issue} />}
      {RatingCard && issue && mode === "feedback" && <RatingCard issue={issue.id} key={issue.id} />}
      {(mode === "ended" ||
        mode === "resolved" ||
        (mode === "feedback" && !RatingCard && cards.late.value)) && <New first={mode !== "resolved"} />}
      {(writable(mode) || (mode === "question" && !ResolutionCard)) && <Composer />}
    </div>
  );
}

/** Words say where the conversation stands. */
function Words({ issue, mode }: { issue: Issue; mode: Mode }) {
  const { ending, cards } = useParts();
  const { Stars } = cards.here.value ?? {};
  if (mode === "question") return <h2 id="asks">{t("question")}</h2>;
  if (mode === "feedback") return <h2 id="asks">{t("rate")}</h2>;
  if (mode === "declined") return <p>{t("declined")}</p>;
  if (mode === "resolved") return <p>{t("resolved")}</p>;
  if (mode === "open") return null;
  const rating = ending.rating(issue);
  return (
    <>
      {ending.thanked.value.includes(issue.id) && <p class="thanks">{t("rate.thanks")}</p>}
      {Stars && rating > 0 && <Stars rating={rating} />}
      <p>{t(issue.state === "rejected" ? "rejected" : "over")}</p>
    </>
  );
}

/** New begins another conversation. First: it is the only thing to do here, and takes the focus. */
function New({ first }: { first: boolean }) {
  const chat = useChat();
  const button = useRef<HTMLButtonElement>(null);
  const none = useRef<HTMLElement>(null);
  useFocusTurn(first ? button : none);
  return (
    <button
      ref={button}
      type="button"
      class={first ? "button" : "button second"}
      onClick={() => chat.startNew()}
    >
      {t("new")}
    </button>
  );
}
