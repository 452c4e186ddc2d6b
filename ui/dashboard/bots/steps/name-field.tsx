import { useEffect, useState } from "react";
import type { Step } from "../../../shared/agent";
import { Field } from "../../parts/field";
import { useBench } from "../bench";
import { isName, nameOf, rename } from "../rename";

/** NameField is what an answer is called. A new name counts everywhere in the script once it is whole. */
export function NameField({ step }: { step: Step }) {
  const { script, put } = useBench();
  const name = step.name ?? "";
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  const taken = script.steps.some((s) => s.id !== step.id && s.name === text);
  const wrong = taken
    ? "Another step has this name."
    : text && !isName(text)
      ? "Letters, digits and _ only."
      : "";
  const keep = () => {
    const next = nameOf(text);
    const free = isName(next) && !script.steps.some((s) => s.id !== step.id && s.name === next);
    if (!free || next === name) return setText(name);
    put(rename(script, step.id, next));
  };
  return (
    <Field
      label="Kept as"
      help={
        <>
          Texts name it <code>{`{{answer.${name}${step.kind === "request" ? ".…" : ""}}}`}</code>
        </>
      }
      error={wrong}
    >
      {(props) => (
        <input
          {...props}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          maxLength={40}
          value={text}
          onChange={(e) => setText(e.target.value)}
          onBlur={keep}
          onKeyDown={(e) => e.key === "Enter" && keep()}
        />
      )}
    </Field>
  );
}
