import { RadioGroup } from "radix-ui";
import { useId } from "react";
import { FieldError } from "../../parts/field";

const choices = [
  {
    value: "announce",
    title: "Say when you are back",
    note: "Recommended",
    text: "The chat says when people are there again, in the visitor’s own time and language, and takes messages.",
  },
  {
    value: "quiet",
    title: "Change nothing",
    note: "",
    text: "The chat looks as it does within the hours. An automation can say that you are away.",
  },
  {
    value: "hide",
    title: "Hide the chat",
    note: "",
    text: "There is no launcher, and nobody can begin a conversation. Whoever has one, or comes by an e-mail’s link, still finds it open.",
  },
];

interface Props {
  value: string;
  error: string;
  onChange: (value: string) => void;
}

/** OutsideChoice chooses what visitors meet outside of the hours. */
export function OutsideChoice({ value, error, onChange }: Props) {
  const id = useId();
  return (
    <>
      <RadioGroup.Root
        className="outside"
        aria-label="Outside of the hours"
        value={value}
        onValueChange={onChange}
      >
        {choices.map((c) => (
          <label
            className="outside-card"
            key={c.value}
            htmlFor={`${id}-${c.value}`}
            data-on={c.value === value || undefined}
          >
            <Picture kind={c.value} />
            <span className="outside-title">
              <RadioGroup.Item
                className="radio-button"
                id={`${id}-${c.value}`}
                value={c.value}
                aria-labelledby={`${id}-${c.value}-title`}
                aria-describedby={`${id}-${c.value}-help`}
              >
                <RadioGroup.Indicator className="radio-dot" />
              </RadioGroup.Item>
              <span id={`${id}-${c.value}-title`}>
                {c.title} {c.note && <span className="chip accent">{c.note}</span>}
              </span>
            </span>
            <span className="help" id={`${id}-${c.value}-help`}>
              {c.text}
            </span>
          </label>
        ))}
      </RadioGroup.Root>
      {error && <FieldError text={error} />}
    </>
  );
}

/** Picture sketches what a visitor sees. */
function Picture({ kind }: { kind: string }) {
  return (
    <span className="outside-picture" data-kind={kind} aria-hidden="true">
      {kind !== "hide" && (
        <span className="outside-panel">
          <i />
          <u />
          <u />
          {kind === "announce" && <em>Back at 09:00</em>}
          <s />
        </span>
      )}
    </span>
  );
}
