import { useRef, useState } from "preact/hooks";
import { t, tn } from "../strings/strings";
import { useParts } from "./context";
import { useFocusTurn } from "./focus";
import { StarField } from "./Stars";

/** MOST is the longest comment; how much is left is shown when fewer than NEAR characters are. */
const MOST = 1000;
const NEAR = 100;

/** RatingCard asks how good our help was: stars, a word if somebody likes, or not now. */
export function RatingCard({ issue }: { issue: string }) {
  const { chat, ending } = useParts();
  const [rating, setRating] = useState(0);
  const [comment, setComment] = useState("");
  const card = useRef<HTMLFormElement>(null);
  const left = MOST - comment.length;
  useFocusTurn(card);

  function give(stars: number): void {
    void ending.rate(issue, stars, stars > 0 ? comment.trim() : "");
    chat.focus.value++; // the card goes
  }

  return (
    <form
      class="card"
      aria-labelledby="asks"
      tabIndex={-1}
      ref={card}
      onSubmit={(e) => {
        e.preventDefault();
        if (rating > 0) give(rating);
      }}
    >
      <div role="radiogroup" aria-labelledby="asks">
        <StarField name={`rating ${issue}`} value={rating} choose={setRating} />
      </div>
      {rating > 0 && (
        <label class="comment">
          <span>{t("rate.comment")}</span>
          <textarea
            rows={2}
            dir="auto"
            maxLength={MOST}
            value={comment}
            onInput={(e) => setComment(e.currentTarget.value)}
          />
          {left < NEAR && <span class="hint">{tn("left", left)}</span>}
        </label>
      )}
      <div class="pair">
        {rating > 0 && (
          <button type="submit" class="button">
            {t("rate.send")}
          </button>
        )}
        <button type="button" class="button second" onClick={() => give(0)}>
          {t("rate.skip")}
        </button>
      </div>
    </form>
  );
}
