import type { Control } from "./Question";

/** Buttons are a few options side by side. */
export function Buttons({ text, options, problem, answer }: Control) {
  return (
    <fieldset class="options" tabIndex={-1} data-first aria-describedby={problem}>
      <legend class="sr">{text}</legend>
      {options.map((o) => (
        <button key={o.id} type="button" class="option" dir="auto" onClick={() => answer(o.id, o.text)}>
          {o.text}
        </button>
      ))}
    </fieldset>
  );
}
