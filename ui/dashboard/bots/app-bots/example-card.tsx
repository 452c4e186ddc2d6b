import { useId, useState } from "react";
import type { IdentityBotPage } from "../../../shared/agent";
import { Icon } from "../../parts/icon";
import { directionOf, languageChoices, tagOf } from "../../texts/languages";
import { exampleOf, saidOf } from "./page";

/** ExampleCard shows how it goes with somebody whom nobody knows, in any language. */
export function ExampleCard({ page }: { page: IdentityBotPage }) {
  const [language, setLanguage] = useState("en");
  const id = useId();
  const direction = directionOf(language);
  return (
    <aside className="app-bots-example" aria-labelledby={`${id}-title`}>
      <div className="preview-head">
        <h2 id={`${id}-title`}>How it goes</h2>
        <span className="target-box">
          <label htmlFor={id} className="hidden-text">
            Language
          </label>
          <Icon name="globe" size={14} />
          <select
            id={id}
            className="target-select"
            value={language}
            onChange={(e) => setLanguage(e.target.value)}
          >
            {languageChoices().map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <Icon name="down" size={13} />
        </span>
      </div>
      <div className="phone short">
        <header className="phone-head">
          <span className="phone-face">
            <Icon name="bot" size={17} />
          </span>
          <strong className="ellipsis" dir="auto">
            {saidOf(page, "nickname", language)}
          </strong>
        </header>
        <div className="phone-lines" dir={direction} lang={tagOf(language)}>
          {exampleOf(page, language).map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same lines in the same order
            <p key={i} className={line.from === "visitor" ? "phone-line mine" : "phone-line"} dir="auto">
              {line.text === "…" ? <FirstMessage /> : line.text}
            </p>
          ))}
        </div>
      </div>
    </aside>
  );
}

const FirstMessage = () => <em>Their first message</em>;
