import { useState } from "preact/hooks";
import { type Key, t } from "../strings/strings";
import { Icon } from "./icons";

const ALL = [1, 2, 3, 4, 5];

const wordOf = (n: number) => t(`rate.${n}` as Key);

const labelOf = (n: number) => t("rate.stars", { n, word: wordOf(n) });

/** Stars show a rating that was given. */
export function Stars({ rating }: { rating: number }) {
  return (
    <p class="stars small">
      <span role="img" aria-label={labelOf(rating)}>
        {ALL.map((n) => (
          <span key={n} class={n <= rating ? "pip on" : "pip"}>
            <Icon name="star" />
          </span>
        ))}
      </span>
    </p>
  );
}

/** StarField lets somebody choose one to five stars: a group of radio buttons, as browsers and screen readers know it. */
export function StarField({ name, value, choose }: { name: string; value: number; choose(n: number): void }) {
  const [over, setOver] = useState(0);
  const lit = over || value;
  return (
    <>
      <div class="stars" onPointerLeave={() => setOver(0)}>
        {ALL.map((n) => (
          <label key={n} class={n <= lit ? "pip on" : "pip"} onPointerEnter={() => setOver(n)}>
            <input
              type="radio"
              class="sr"
              name={name}
              value={n}
              checked={n === value}
              aria-label={labelOf(n)}
              onChange={() => choose(n)}
            />
            <Icon name="star" />
          </label>
        ))}
      </div>
      <p class="hint" aria-hidden="true">
        {lit > 0 ? wordOf(lit) : "\u00a0"}
      </p>
    </>
  );
}
