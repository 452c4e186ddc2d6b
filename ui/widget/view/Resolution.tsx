import { useRef } from "preact/hooks";
import type { Issue } from "../../shared/chat";
import { t } from "../strings/strings";
import { useParts } from "./context";
import { useFocusTurn } from "./focus";
import { Icon } from "./icons";

/** ResolutionCard asks whether the conversation has helped. */
export function ResolutionCard({ issue }: { issue: Issue }) {
  const { chat, ending } = useParts();
  const card = useRef<HTMLDivElement>(null);
  const underway = ending.underway(issue);
  useFocusTurn(card);

  function answer(accepted: boolean): void {
    if (underway) return;
    void ending.answer(issue.id, accepted);
    chat.focus.value++; // the buttons go
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons
    <div class="card" role="group" aria-labelledby="asks" tabIndex={-1} ref={card}>
      <div class="pair">
        <button type="button" class="button" aria-disabled={underway !== null} onClick={() => answer(true)}>
          <Icon name="check" />
          {t("question.yes")}
        </button>
        <button
          type="button"
          class="button second"
          aria-disabled={underway !== null}
          onClick={() => answer(false)}
        >
          {t("question.no")}
        </button>
      </div>
      {underway && <p class="hint">{t(underway)}</p>}
    </div>
  );
}
