import { useState } from "preact/hooks";
import { numberOf } from "../model/ask";
import { type Key, locale, t } from "../strings/strings";
import { Icon } from "./icons";
import type { Control } from "./Question";

interface Look {
  label: Key;
  max: number;
  type?: "text" | "email" | "date";
  autocomplete?: "name" | "email";
  inputmode?: "decimal";
}

const looks: Readonly<Record<string, Look>> = {
  name: { label: "ask.name", max: 255, autocomplete: "name" },
  email: { label: "ask.email", max: 254, type: "email", autocomplete: "email" },
  text: { label: "ask.text", max: 2000 },
  number: { label: "ask.number", max: 100, inputmode: "decimal" },
  date: { label: "ask.date", max: 10, type: "date" },
};

/** Field takes an answer that is written. */
export function Field({ id, kind, text, last, why, problem, answer }: Control) {
  const { label, max, type = "text", ...hints } = looks[kind] as Look;
  const [value, setValue] = useState(last);
  const said = value.trim();
  const wrong = why !== "" && said === last;
  const common = {
    id,
    name: kind,
    maxLength: max,
    dir: "auto",
    value,
    "data-first": true,
    "aria-invalid": wrong || undefined,
    "aria-describedby": wrong ? problem : `${id}-asked`,
    onInput: (e: { currentTarget: { value: string } }) => setValue(e.currentTarget.value),
  } as const;

  function submit(): void {
    if (!said || wrong) return;
    answer((kind === "number" && numberOf(said, locale())) || said);
  }

  return (
    <form
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <label for={id}>{t(label)}</label>
      <span id={`${id}-asked`} class="sr">
        {text}
      </span>
      <span class="row">
        {kind === "text" ? (
          <textarea
            {...common}
            rows={1}
            enterkeyhint="send"
            onKeyDown={(e) => {
              if (e.key !== "Enter" || e.shiftKey || e.isComposing || e.keyCode === 229) return;
              e.preventDefault();
              submit();
            }}
          />
        ) : (
          <input {...common} {...hints} type={type as "text"} />
        )}
        <button type="submit" class="round" aria-label={t("send")} disabled={!said}>
          <Icon name="send" />
        </button>
      </span>
    </form>
  );
}
