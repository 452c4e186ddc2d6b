import { useEffect, useRef } from "preact/hooks";
import type { Issue } from "../../shared/chat";
import { fileAsked } from "../model/asked";
import { t } from "../strings/strings";
import { Composer } from "./Composer";
import { useChat, useParts } from "./context";
import { useFocusTurn, useHeir } from "./focus";
import { Icon } from "./icons";
import { type Mode, modeOf, writable } from "./mode";
import { backOf } from "./time";

/**
 * Footer is the composer, or what stands in its place while the conversation ends. What it says is read out when it changes.
 * Without the cards there is still a way on: to write, or to begin anew.
 */
export function Footer() {
  const { chat, ending, cards } = useParts();
  const thread = chat.threads.thread.value;
  const issue = thread?.issue;
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
        ((mode === "feedback" || mode === "asked") && !RatingCard && cards.late.value)) && (
        <New first={mode !== "resolved"} />
      )}
      {(writable(mode) ||
        (mode === "question" && !ResolutionCard) ||
        (mode === "asked" && fileAsked(thread))) && (
        <>
          <Away />
          <Composer />
        </>
      )}
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
  if (mode === "resolved" || mode === "asked") return <p>{t("resolved")}</p>;
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

/** Away says when people are back. */
function Away() {
  const back = backOf(useChat().hours.now.value);
  if (!back) return null;
  return (
    <p class="away">
      <Icon name="clock" />
      {back}
    </p>
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
