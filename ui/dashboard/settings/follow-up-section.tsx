import { RadioGroup } from "radix-ui";
import { type ReactNode, useId } from "react";
import { Field, FieldError } from "../parts/field";
import { errorAt, withChat, withFollowUp } from "./draft";
import { DurationField } from "./duration-field";
import { FollowUpAdvice } from "./hours/advice";
import { Limits } from "./limits";
import { Section, type SectionProps } from "./section";
import { SwitchRow } from "./switch-row";

interface Props extends SectionProps {
  appId: string;
  presets: number[];
  hosted: string;
}

export function FollowUpSection({ draft, onChange, problem, appId, presets, hosted }: Props) {
  const settings = draft.web_chat.follow_up;
  return (
    <Section
      title="Follow-up via Email"
      text="When a visitor leaves before reading your answer, an e-mail brings them back into the same conversation."
      toggle={{ on: settings.enabled, set: (enabled) => onChange(withFollowUp(draft, { enabled })) }}
    >
      <FollowUpAdvice appId={appId} settings={draft.web_chat} />
      {settings.enabled && (
        <>
          <DurationField
            label="Time for unread messages"
            help="How long an answer may stay unread before the e-mail goes out. Each newer answer starts the time anew."
            error={errorAt(problem, "window")}
            presets={presets}
            seconds={settings.window}
            onChange={(window) => onChange(withFollowUp(draft, { window }))}
          />
          <Destination draft={draft} onChange={onChange} problem={problem} hosted={hosted} />
          <SwitchRow
            title="Personalize emails with agent’s nickname"
            text="E-mails name the agent by nickname, where there is one. Agents set it in their profile."
            on={draft.web_chat.personalize_nickname}
            set={(on) => onChange(withChat(draft, { personalize_nickname: on }))}
          />
          <Limits draft={draft} onChange={onChange} problem={problem} />
        </>
      )}
    </Section>
  );
}

function Destination({ draft, onChange, problem, hosted }: Omit<Props, "presets" | "appId">) {
  const id = useId();
  const { destination, custom_url } = draft.web_chat.follow_up;
  const wrong = errorAt(problem, "destination");
  return (
    <div className="field">
      <span className="legend" id={id}>
        Where the e-mail’s button leads
      </span>
      <RadioGroup.Root
        className="radios"
        aria-labelledby={id}
        value={destination}
        onValueChange={(value) => onChange(withFollowUp(draft, { destination: value }))}
      >
        <Radio value="start_page" title="The page where the conversation started" note="Recommended">
          Visitors are back where they were. The hosted page stands in if that page is no longer allowed.
        </Radio>
        <Radio value="custom_url" title="One page for everybody">
          Useful when the pages with the chat do not open for people who are logged out.
        </Radio>
        {destination === "custom_url" && (
          <div className="radio-more">
            <Field label="Address of the page" error={errorAt(problem, "custom_url")}>
              {(props) => (
                <input
                  {...props}
                  type="url"
                  inputMode="url"
                  spellCheck={false}
                  autoComplete="off"
                  placeholder="https://www.example.com/support"
                  value={custom_url}
                  onChange={(e) => onChange(withFollowUp(draft, { custom_url: e.target.value }))}
                />
              )}
            </Field>
          </div>
        )}
        <Radio value="hosted_page" title="Our hosted chat page">
          The chat in the whole window, without a page of yours{hosted && `: ${hosted}`}
        </Radio>
      </RadioGroup.Root>
      {wrong && <FieldError text={wrong} />}
    </div>
  );
}

function Radio(props: { value: string; title: string; note?: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="radio">
      <RadioGroup.Item className="radio-button" id={id} value={props.value} aria-describedby={`${id}-help`}>
        <RadioGroup.Indicator className="radio-dot" />
      </RadioGroup.Item>
      <div>
        <label htmlFor={id}>
          {props.title} {props.note && <span className="chip accent">{props.note}</span>}
        </label>
        <p className="help" id={`${id}-help`}>
          {props.children}
        </p>
      </div>
    </div>
  );
}
