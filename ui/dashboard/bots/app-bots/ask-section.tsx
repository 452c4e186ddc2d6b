import { RadioGroup } from "radix-ui";
import { type ReactNode, useId } from "react";
import type { IdentityBot, IdentityBotPage } from "../../../shared/agent";
import type { Problem } from "../../settings/draft";
import { Section } from "../../settings/section";

export interface PartProps {
  draft: IdentityBotPage;
  onChange: (draft: IdentityBotPage) => void;
  problem: Problem | null;
}

/** AskSection is when the Identity Bot asks, and what. */
export function AskSection({ draft, onChange, followUps }: PartProps & { followUps: boolean }) {
  const bot = draft.identity_bot;
  const set = (to: Partial<IdentityBot>) => onChange({ ...draft, identity_bot: { ...bot, ...to } });
  const id = useId();
  const silent = followUps && !(draft.on && bot.email);
  return (
    <Section
      title="Identity Bot"
      text="Asks visitors for what nobody knows of them yet, once. Who is logged in on your site is asked only for what your site has not said."
      toggle={{ on: draft.on, set: (on) => onChange({ ...draft, on }) }}
    >
      {draft.on && (
        <>
          <div className="field">
            <span className="legend" id={id}>
              When it asks
            </span>
            <RadioGroup.Root
              className="radios"
              aria-labelledby={id}
              value={bot.when}
              onValueChange={(when) => set({ when })}
            >
              <Choice value="after" title="After the first message">
                Visitors write at once, and are asked while they wait. Nobody is kept from writing.
              </Choice>
              <Choice value="before" title="Before the first message">
                Visitors see the questions first. You know who writes from the first word on, and fewer begin.
              </Choice>
            </RadioGroup.Root>
          </div>
          <fieldset className="field">
            <legend className="legend asked-legend">What it asks for</legend>
            <Check on={bot.name} set={(name) => set({ name })} text="The name" />
            <Check on={bot.email} set={(email) => set({ email })} text="The e-mail address" />
            <Check
              on={bot.skip}
              set={(skip) => set({ skip })}
              text="Visitors may leave a question out; they are not asked again"
            />
          </fieldset>
          {!bot.name && !bot.email && (
            <p className="callout warn">
              It asks for nothing now. Choose the name or the address, or switch it off.
            </p>
          )}
        </>
      )}
      {silent && (
        <p className="callout warn">
          Nobody is asked for an e-mail address: no follow-up can be mailed to visitors whom you do not know.
        </p>
      )}
    </Section>
  );
}

function Choice({ value, title, children }: { value: string; title: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className="radio">
      <RadioGroup.Item className="radio-button" id={id} value={value} aria-describedby={`${id}-help`}>
        <RadioGroup.Indicator className="radio-dot" />
      </RadioGroup.Item>
      <div>
        <label htmlFor={id}>{title}</label>
        <p className="help" id={`${id}-help`}>
          {children}
        </p>
      </div>
    </div>
  );
}

function Check({ on, set, text }: { on: boolean; set: (on: boolean) => void; text: string }) {
  return (
    <label className="platform-check">
      <input type="checkbox" checked={on} onChange={(e) => set(e.target.checked)} />
      {text}
    </label>
  );
}
