import { useState } from "preact/hooks";
import { t } from "../strings/strings";
import type { Control } from "./Question";
import { StarField } from "./Stars";

/** StarsForm takes one to five stars. The arrows of a keyboard try them out, so they are sent by a button. */
export function StarsForm({ id, text, problem, answer }: Control) {
  const [stars, setStars] = useState(0);
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (stars > 0) answer(`${stars}`, "★".repeat(stars) + "☆".repeat(5 - stars));
      }}
    >
      <fieldset tabIndex={-1} data-first aria-describedby={problem}>
        <legend class="sr">{text}</legend>
        <StarField name={id} value={stars} choose={setStars} />
      </fieldset>
      {stars > 0 && (
        <button type="submit" class="button">
          {t("send")}
        </button>
      )}
    </form>
  );
}
