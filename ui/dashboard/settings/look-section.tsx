import { Field } from "../parts/field";
import { errorAt, withChat } from "./draft";
import { Section, type SectionProps } from "./section";

export function LookSection({ draft, onChange, problem }: SectionProps) {
  const { greeting, color } = draft.web_chat;
  const length = Array.from(greeting).length;
  return (
    <Section title="Look" text="What visitors see before they write.">
      <Field
        label="Greeting"
        help={`Stands above the first message. ${length} of 500 characters.`}
        error={errorAt(problem, "greeting") || (length > 500 ? "At most 500 characters fit." : "")}
      >
        {(props) => (
          <textarea
            {...props}
            dir="auto"
            rows={3}
            value={greeting}
            onChange={(e) => onChange(withChat(draft, { greeting: e.target.value }))}
          />
        )}
      </Field>
      <Field
        label="Colour"
        help="Of the launcher and the chat’s header. The text on it turns black or white by itself."
        error={errorAt(problem, "color")}
      >
        {(props) => (
          <div className="color">
            <input
              type="color"
              aria-label="Pick a colour"
              value={/^#[0-9a-f]{6}$/i.test(color) ? color : "#000000"}
              onChange={(e) => onChange(withChat(draft, { color: e.target.value }))}
            />
            <input
              {...props}
              spellCheck={false}
              autoComplete="off"
              maxLength={7}
              value={color}
              onChange={(e) => onChange(withChat(draft, { color: e.target.value.trim() }))}
            />
          </div>
        )}
      </Field>
    </Section>
  );
}

export function IdentityBotSection({ draft, onChange }: SectionProps) {
  const { identity_bot, follow_up } = draft.web_chat;
  return (
    <Section
      title="Identity Bot"
      text="Asks visitors for their name and e-mail address where nobody knows them, once per conversation."
      toggle={{ on: identity_bot, set: (on) => onChange(withChat(draft, { identity_bot: on })) }}
    >
      {!identity_bot && follow_up.enabled && (
        <p className="callout warn">
          Without Identity Bot, no address of an anonymous visitor is known, and no follow-up can be mailed to
          them.
        </p>
      )}
    </Section>
  );
}
