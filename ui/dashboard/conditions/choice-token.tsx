import { Picker } from "../parts/picker";
import type { Choice } from "./kinds";
import { Token } from "./token";
import { listed } from "./words";

interface Props {
  label: string;
  choices: readonly Choice[];
  values: readonly string[];
  onChange: (values: string[]) => void;
  several?: boolean;
  joint?: "and" | "or";
  /** Said while nothing is chosen: "Choose tags". */
  unchosen?: string;
  /** What we call a value that can no longer be chosen. */
  gone?: string;
  /** Said where there is nothing to choose from. */
  empty?: string;
  fresh?: boolean;
}

/** ChoiceToken chooses one or several from a list that is searched by typing. */
export function ChoiceToken(props: Props) {
  const {
    label,
    choices,
    values,
    onChange,
    several,
    joint = "or",
    unchosen = "choose…",
    gone,
    empty,
    fresh,
  } = props;
  const nameOf = (value: string) => choices.find((c) => c.value === value)?.label ?? gone ?? value;
  const lost = values.filter((v) => !choices.some((c) => c.value === v));
  const items = [...lost.map((value) => ({ value, label: nameOf(value) })), ...choices].map((c) => ({
    ...c,
    picked: values.includes(c.value),
  }));
  const pick = (value: string, close: () => void) => {
    if (several)
      return onChange(values.includes(value) ? values.filter((v) => v !== value) : [...values, value]);
    onChange([value]);
    close();
  };
  return (
    <Token
      label={label}
      text={listed(values.map(nameOf), joint) || unchosen}
      unfinished={values.length === 0}
      fresh={fresh}
    >
      {(close) => (
        <Picker
          label={label}
          placeholder="Search…"
          items={items}
          several={several}
          empty={choices.length === 0 && empty ? empty : undefined}
          onPick={(value) => pick(value, close)}
        />
      )}
    </Token>
  );
}
