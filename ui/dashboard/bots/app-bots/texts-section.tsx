import { errorAt } from "../../settings/draft";
import { Section } from "../../settings/section";
import { LocalTextField } from "../../texts/local-text-field";
import type { PartProps } from "./ask-section";
import { ownWords, type TextName, texts } from "./page";

const labels: Record<TextName, string> = {
  nickname: "What visitors read as its name",
  ask_name: "Asking for the name",
  ask_email: "Asking for the address",
  thanks: "Thanking",
};

/** TextsSection is what the Identity Bot says. We have words of our own in every language. */
export function TextsSection({ draft, onChange, problem }: PartProps) {
  const bot = draft.identity_bot;
  const said: Record<TextName, boolean> = {
    nickname: true,
    ask_name: bot.name,
    ask_email: bot.email,
    thanks: true,
  };
  return (
    <Section
      title="What it says"
      text="Left empty, it says our words in the visitor’s language. A text of yours without a language is for everybody else."
    >
      {texts
        .filter((name) => said[name])
        .map((name) => (
          <LocalTextField
            key={name}
            label={labels[name]}
            rows={name === "nickname" ? 1 : 2}
            maxLength={name === "nickname" ? 60 : 500}
            value={bot[name] ?? { text: "" }}
            own={(language) => ownWords(draft.words, name, language)}
            error={errorAt(problem, name)}
            onChange={(text) => onChange({ ...draft, identity_bot: { ...bot, [name]: text } })}
          />
        ))}
    </Section>
  );
}
