import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { InputOption } from "../../shared/chat";
import { FEW } from "../model/ask";
import type { Kind } from "../model/asked";
import { t } from "../strings/strings";
import { Buttons } from "./Buttons";
import { useChat } from "./context";
import { Field } from "./Field";
import { Picker } from "./Picker";
import { StarsForm } from "./StarsForm";
import { Upload } from "./Upload";

/** Asked is a question with the ways to answer it. */
export interface Asked {
  /** Unique on the page. */
  id: string;
  kind: Kind;
  /** The question itself, for those who listen. */
  text: string;
  options: readonly InputOption[];
  /** Leaves it unanswered; null if that is not wanted. */
  skip: (() => void) | null;
  /** The answer that was refused, and why; "" if none was. */
  last: string;
  why: string;
  /** It takes the focus before the field to write in when a panel is opened, or has lost its focus. */
  first: boolean;
  /** Shown: how the answer reads, if it is not the body itself. */
  answer(body: string, shown?: string): void;
}

/** Control is what one kind of question needs. */
export type Control = Asked & {
  /** Describes the control if something is wrong. */
  problem: string | undefined;
};

/** useTurn gives the focus to the question if the person is about to write or has just answered another. Who is elsewhere is left there. */
function useTurn(box: RefObject<HTMLElement | null>, { last, why, first }: Asked): void {
  const chat = useChat();
  const take = () => {
    box.current?.querySelector<HTMLElement>("[data-first]")?.focus({ preventScroll: true });
    box.current?.scrollIntoView({ block: "nearest" }); // as a whole
  };
  useLayoutEffect(() => {
    const active = document.activeElement;
    const idle = active?.matches(FIELD) && !(active as HTMLTextAreaElement).value;
    if (why || idle || active?.matches(".scroller")) take();
  }, [last, why]);
  useEffect(() => {
    if (!first || chat.focus.value <= chat.focusServed) return;
    chat.focusServed = chat.focus.value;
    take();
  }, [chat.focus.value]);
}

const FIELD = ".composer textarea";

/** Question lets somebody answer, by the means that suit its kind. */
export function Question(asked: Asked) {
  const chat = useChat();
  const { id, skip, why } = asked;
  const box = useRef<HTMLDivElement>(null);
  useTurn(box, asked);
  // What had the focus goes with the answer. Who uses a keyboard goes on in the field, or with what comes next; nobody else's is called up.
  const leave = () => {
    const keys = document.activeElement?.matches(":focus-visible");
    const field = keys && document.querySelector(FIELD);
    const next = field || box.current?.closest(".scroller");
    if (keys && !field) chat.focus.value++;
    else (next as HTMLElement | null)?.focus({ preventScroll: true });
  };
  const control: Control = {
    ...asked,
    problem: why ? `${id}-problem` : undefined,
    answer(body, shown) {
      leave();
      asked.answer(body, shown);
    },
  };
  return (
    <div class={why ? "ask wrong" : "ask"} ref={box}>
      <Means {...control} />
      {why && (
        <p id={control.problem} class="problem" role="alert">
          {why}
        </p>
      )}
      {skip && (
        <button
          type="button"
          class="text skip"
          onClick={() => {
            leave();
            skip();
          }}
        >
          {t("ask.skip")}
        </button>
      )}
    </div>
  );
}

/** Means is the control that suits the kind; none for a kind that this program does not know. */
function Means(control: Control) {
  const { kind, options } = control;
  switch (kind) {
    case "yes_no":
    case "choice":
      return options.length > FEW ? <Picker {...control} /> : <Buttons {...control} />;
    case "file":
      return <Upload {...control} />;
    case "stars":
      return <StarsForm {...control} />;
    case "name":
    case "email":
    case "text":
    case "number":
    case "date":
      return <Field {...control} />;
    default:
      return null;
  }
}
