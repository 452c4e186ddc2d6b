import type { Message } from "../../shared/chat";
import { type Kind, kindOf } from "../model/asked";
import { send } from "../model/mail";
import { t } from "../strings/strings";
import { useParts } from "./context";
import { bodyOf } from "./Message";
import { Question } from "./Question";
import { wrong } from "./wrong";

/** Ask is what stands under a bot's question. A refused answer comes back here, with the reason. */
export function Ask({ message }: { message: Message }) {
  const { chat, ending } = useParts();
  const { seq, input } = message;
  const issue = chat.threads.shown.value ?? "";
  const last = chat.refusal.value;
  const refusal = last?.seq === seq && last.issue === issue ? last : null;
  const kind = kindOf(message);
  const feedback = chat.threads.thread.value?.issue.closing === "feedback";

  function answer(body: string, shown?: string): void {
    if (feedback) ending.note(issue, kind, body);
    void send(chat, body, { answers: seq, shown });
  }

  return (
    <Question
      id={`ask-${seq}`}
      kind={kind}
      text={bodyOf(message)}
      options={input?.options ?? []}
      skip={
        input?.skip ? () => void send(chat, "", { answers: seq, skip: true, shown: t("ask.skip") }) : null
      }
      last={refusal?.body ?? ""}
      why={
        refusal ? wrong({ ...refusal, field: refusal.field === "body" ? fieldOf(kind) : refusal.field }) : ""
      }
      first={feedback}
      answer={answer}
    />
  );
}

/** fieldOf names what is wrong with an answer that does not fit. */
const fieldOf = (kind: Kind) => (kind === "name" || kind === "email" ? kind : "answer");
