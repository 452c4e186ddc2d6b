import { withChat } from "./draft";
import { Section, type SectionProps } from "./section";

/** EndingSections is what visitors are asked once a conversation is resolved. */
export function EndingSections({ draft, onChange }: SectionProps) {
  const { resolution_question, csat } = draft.web_chat;
  return (
    <>
      <Section
        title="Resolution question"
        text="When you resolve a conversation, the visitor is asked whether it helped. If it did not, what they write next opens it again."
        toggle={{
          on: resolution_question,
          set: (on) => onChange(withChat(draft, { resolution_question: on })),
        }}
      />
      <Section
        title="Rating (CSAT)"
        text="At the end of a resolved conversation, visitors can give one to five stars and a comment. You see them in the inbox and in the conversation."
        toggle={{ on: csat, set: (on) => onChange(withChat(draft, { csat: on })) }}
      />
    </>
  );
}
