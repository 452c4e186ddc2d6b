import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { isAddress } from "../model/ask";
import { nextOf, type Question as Wanted } from "../model/before";
import { t } from "../strings/strings";
import { useChat } from "./context";
import { Icon } from "./icons";
import { Bubble } from "./Message";
import { Question } from "./Question";

/** Before is what the Identity Bot asks before the first message, with what was answered. */
export function Before() {
  const { before } = useChat();
  const told = before.told.value;
  const next = before.due.value ? nextOf(before.questions, told) : undefined;
  return (
    <>
      {before.questions.map((q) => {
        const said = told[q];
        const past = said || told.skipped?.includes(q);
        return (
          <Fragment key={q}>
            {(past || q === next) && <Asking question={q} open={q === next} />}
            {said && (
              <div class="line mine head tail">
                <p class="sr">{t("you")}</p>
                <Bubble body={said} />
              </div>
            )}
          </Fragment>
        );
      })}
    </>
  );
}

/** Asking is one question, with its field while it is open. */
function Asking({ question, open }: { question: Wanted; open: boolean }) {
  const chat = useChat();
  const { before, page, threads } = chat;
  const [wrong, setWrong] = useState("");
  const { skip, nickname, ...texts } = page.identity ?? ({} as NonNullable<typeof page.identity>);
  const text = texts[`ask_${question}`];

  function answer(body: string): void {
    const fits = question === "name" || isAddress(body);
    setWrong(fits ? "" : body);
    if (fits) go(() => before.answer(question, body));
  }

  function go(on: () => void): void {
    on();
    chat.focus.value++; // to the next question, or to the field
  }

  return (
    <div class="line head tail">
      <p class="by">
        <bdi class="author">{nickname}</bdi>
        <span class="tag">{t("bot")}</span>
      </p>
      <span class="avatar" aria-hidden="true">
        <Icon name="bot" />
      </span>
      <Bubble body={text} />
      {open && (
        <Question
          id={`ask-${question}`}
          kind={question}
          text={text}
          options={[]}
          skip={skip ? () => go(() => before.skip(question)) : null}
          last={wrong}
          why={wrong && t("wrong.email")}
          first={!threads.drafts.value[""]}
          answer={answer}
        />
      )}
    </div>
  );
}
