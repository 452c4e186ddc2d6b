import { useState } from "react";
import type { FollowUpSettings } from "../../shared/agent";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { errorAt, isLimit, withFollowUp } from "./draft";
import { DurationField } from "./duration-field";
import type { SectionProps } from "./section";

type Durations = "max_postponement" | "online_window" | "min_interval";
type Caps = "issue_daily_cap" | "address_daily_cap" | "typed_daily_cap";

const durations: { field: Durations; label: string; help: string; zero: string; presets: number[] }[] = [
  {
    field: "max_postponement",
    label: "Longest postponement",
    help: "Newer answers put the e-mail off, but at most this long after the oldest unread one. Automatic means six times the time for unread messages, at most 24 hours.",
    zero: "Automatic",
    presets: [3600, 14_400, 86_400],
  },
  {
    field: "online_window",
    label: "Extra time for visitors who are online",
    help: "Added while the visitor still has a page open but has not looked at the chat.",
    zero: "None",
    presets: [60, 300, 600],
  },
  {
    field: "min_interval",
    label: "Time between two e-mails",
    help: "Within one conversation. An e-mail that comes too early waits.",
    zero: "None",
    presets: [300, 600, 3600],
  },
];

const caps: { field: Caps; label: string; help: string; most: number }[] = [
  {
    field: "issue_daily_cap",
    label: "E-mails a day for one conversation",
    help: "Further e-mails wait until the day’s count allows them.",
    most: 100,
  },
  {
    field: "address_daily_cap",
    label: "E-mails a day to one address",
    help: "Over all conversations of this address.",
    most: 1000,
  },
  {
    field: "typed_daily_cap",
    label: "E-mails a day to an address that a visitor typed",
    help: "Lower, because anybody can type somebody else’s address.",
    most: 1000,
  },
];

/** Limits is folded away: its defaults suit almost everybody. It unfolds when one of its fields is wrong. */
export function Limits({ draft, onChange, problem }: SectionProps) {
  const [open, setOpen] = useState(false);
  const settings = draft.web_chat.follow_up;
  const wrong = problem !== null && isLimit(problem.field);
  const set = (change: Partial<FollowUpSettings>) => onChange(withFollowUp(draft, change));
  return (
    <details className="limits" open={open || wrong} onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <Icon name="right" size={16} className="limits-arrow" />
        <span>
          Limits
          <span className="help">
            {" "}
            They keep a chatty bot from starving the e-mail, and anybody from being flooded.
          </span>
        </span>
      </summary>
      <div className="limits-body">
        {durations.map(({ field, ...rest }) => (
          <DurationField
            key={field}
            {...rest}
            error={errorAt(problem, field)}
            seconds={settings[field]}
            onChange={(s) => set({ [field]: s })}
          />
        ))}
        {caps.map(({ field, label, help, most }) => (
          <Field key={field} label={label} help={help} error={errorAt(problem, field)}>
            {(props) => (
              <input
                {...props}
                className="input amount"
                type="number"
                min={1}
                max={most}
                step={1}
                value={settings[field] || ""}
                onChange={(e) => set({ [field]: Math.trunc(Number(e.target.value)) || 0 })}
              />
            )}
          </Field>
        ))}
      </div>
    </details>
  );
}
