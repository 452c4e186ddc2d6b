import { Field } from "../parts/field";
import { paths } from "../router/route";
import { Link, useRouter } from "../router/router";
import { errorAt, withChat } from "./draft";
import { Section, type SectionProps } from "./section";
import { SwitchRow } from "./switch-row";

/** ShowSection is the switch of the whole widget. */
export function ShowSection({ draft, onChange }: SectionProps) {
  const { show_widget } = draft.web_chat;
  return (
    <Section
      title="Show Web Chat Widget"
      text="The chat on your pages. The embed code may stay where it is while this is off."
      toggle={{ on: show_widget, set: (on) => onChange(withChat(draft, { show_widget: on })) }}
    >
      {!show_widget && (
        <p className="callout warn">
          Visitors see no launcher and cannot start a conversation. Conversations that run go on, and links
          from e-mails still open theirs.
        </p>
      )}
    </Section>
  );
}

export function GreetingSection({ draft, onChange, problem }: SectionProps) {
  const { greeting } = draft.web_chat;
  const length = Array.from(greeting).length;
  return (
    <Section title="Greeting" text="What visitors read before they write.">
      <Field
        label="Greeting text"
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
    </Section>
  );
}

/** TalkSection is what happens during a conversation. */
export function TalkSection({ draft, onChange }: SectionProps) {
  const { presence_detection, agent_typing_indicator, identity_bot, follow_up } = draft.web_chat;
  return (
    <Section title="Conversation" text="What agents and visitors know of each other while they write.">
      <SwitchRow
        title="User Presence Detection"
        text="Agents see whether the visitor is on the page, or how they left."
        on={presence_detection}
        set={(on) => onChange(withChat(draft, { presence_detection: on }))}
      >
        {!presence_detection && (
          <p className="callout">
            Where visitors are is not even collected. Agents see “not collected”, and the extra time for
            visitors who are online does not apply.
          </p>
        )}
      </SwitchRow>
      <SwitchRow
        title="Show Agent Typing Indicator"
        text="Visitors see that an agent is writing to them."
        on={agent_typing_indicator}
        set={(on) => onChange(withChat(draft, { agent_typing_indicator: on }))}
      />
      <SwitchRow
        title="Identity Bot"
        text={<IdentityBotText />}
        on={identity_bot}
        set={(on) => onChange(withChat(draft, { identity_bot: on }))}
      >
        {!identity_bot && follow_up.enabled && (
          <p className="callout warn">
            Without Identity Bot, no address of an anonymous visitor is known, and no follow-up can be mailed
            to them.
          </p>
        )}
      </SwitchRow>
    </Section>
  );
}

function IdentityBotText() {
  const { route } = useRouter();
  return (
    <>
      Asks visitors for their name and e-mail address where nobody knows them, once per conversation.{" "}
      {"appId" in route && <Link href={paths.appBots(route.appId)}>When it asks, and what it says</Link>}
    </>
  );
}

/** ResolutionSection is what visitors are asked once a conversation is resolved. */
export function ResolutionSection({ draft, onChange }: SectionProps) {
  const { resolution_question, csat } = draft.web_chat;
  return (
    <Section
      title="Resolution experience"
      text="What visitors are asked when you have resolved a conversation."
    >
      <SwitchRow
        title="Resolution question"
        text="Asks whether it helped. If it did not, what they write next opens the conversation again."
        on={resolution_question}
        set={(on) => onChange(withChat(draft, { resolution_question: on }))}
      />
      <SwitchRow
        title="Rating (CSAT)"
        text="Visitors can give one to five stars and a comment. You see them in the inbox and in the conversation."
        on={csat}
        set={(on) => onChange(withChat(draft, { csat: on }))}
      />
    </Section>
  );
}
