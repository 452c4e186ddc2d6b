import { useId } from "react";
import type { Step } from "../../../shared/agent";
import { Icon } from "../../parts/icon";
import { useBench } from "../bench";
import { newOption } from "../draft";
import { inputs } from "../words";
import { NameField } from "./name-field";
import { OptionsEditor } from "./options-editor";
import { TextField } from "./step-editor";

/** EditQuestion edits what is asked, what fits as an answer and where it is kept. */
export function EditQuestion({ step }: { step: Step }) {
  const { set } = useBench();
  return (
    <>
      <TextField step={step} label="What it asks" />
      <InputField step={step} />
      {step.input === "choice" && <OptionsEditor step={step} />}
      <div className="step-pair">
        <NameField step={step} />
        {step.input !== "file" && <SaveToField step={step} />}
      </div>
      <label className="platform-check">
        <input
          type="checkbox"
          checked={step.skip ?? false}
          onChange={(e) => set(step.id, { skip: e.target.checked })}
        />
        Visitors may leave it out
      </label>
    </>
  );
}

/** InputField chooses what a question takes. */
function InputField({ step }: { step: Step }) {
  const { set } = useBench();
  const id = useId();
  const choose = (input: string) => {
    const empty = input === "choice" && !step.options?.length;
    const first = newOption([]);
    set(step.id, { input, ...(empty ? { options: [first, newOption([first])] } : {}) });
  };
  return (
    <fieldset className="field">
      <legend className="legend">What they answer with</legend>
      <div className="inputs">
        {Object.entries(inputs).map(([value, words]) => (
          <label key={value} title={words.about}>
            <input
              type="radio"
              name={id}
              checked={(step.input ?? "text") === value}
              onChange={() => choose(value)}
            />
            <span>{words.name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What an answer may become of a custom issue field, by the question's input. */
const fits: Record<string, string[]> = {
  text: ["singleline", "multiline", "dropdown"],
  choice: ["singleline", "multiline", "dropdown"],
  email: ["singleline"],
  number: ["number", "singleline"],
  stars: ["number", "singleline"],
  date: ["date", "singleline"],
  yes_no: ["checkbox", "singleline"],
};

function SaveToField({ step }: { step: Step }) {
  const { options, set } = useBench();
  const id = useId();
  const input = step.input ?? "text";
  const fields = options.fields.filter((f) => !f.archived && fits[input]?.includes(f.type));
  const values = ["", ...fields.map((f) => `field:${f.key}`)];
  if (input === "text") values.push("name");
  if (input === "email") values.push("email");
  const value = step.save_to ?? "";
  return (
    <div className="field">
      <label htmlFor={id}>It also becomes</label>
      <div className="select-box">
        <select
          id={id}
          className="select"
          value={value}
          onChange={(e) => set(step.id, { save_to: e.target.value })}
        >
          <option value="">Nothing else</option>
          {!values.includes(value) && <option value={value}>Something that does not fit</option>}
          {input === "text" && <option value="name">The visitor’s name</option>}
          {input === "email" && <option value="email">The visitor’s e-mail address</option>}
          {fields.length > 0 && (
            <optgroup label="A field of the conversation">
              {fields.map((f) => (
                <option key={f.key} value={`field:${f.key}`}>
                  {f.label}
                </option>
              ))}
            </optgroup>
          )}
        </select>
        <Icon name="down" size={16} />
      </div>
    </div>
  );
}
