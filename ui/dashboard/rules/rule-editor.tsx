import { type FormEvent, useEffect, useRef } from "react";
import type { Rule, RuleOptions } from "../../shared/agent";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { Toggle } from "../parts/toggle";
import { ActionSection } from "./action-section";
import { ConditionSection } from "./condition-section";
import { type Draft, withTrigger } from "./draft";
import { RepeatSection } from "./repeat-section";
import { Said } from "./said";
import { TriggerSection } from "./trigger-section";
import { TryPanel } from "./try-panel";
import { useEditor } from "./use-editor";
import { useTry } from "./use-try";
import { ruleWords } from "./words";

interface Props {
  /** What is changed; a new one without it. */
  rule?: Rule;
  start: Draft;
  options: RuleOptions;
  saved?: (rule: Rule) => void;
}

/** RuleEditor writes an automation as a sentence, and tries it beside. */
export function RuleEditor(props: Props) {
  const { rule, options } = props;
  const { draft, change, problems, busy, dirty, save, discard } = useEditor(props);
  const trying = useTry(draft, rule?.id ?? "", options);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!problems) return;
    const place = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-unfinished]');
    const at = place ?? form.current?.querySelector<HTMLElement>('[role="alert"]');
    at?.focus();
    at?.scrollIntoView({ block: "center" });
  }, [problems]);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void save();
  };
  return (
    <div className="rule-page">
      <form ref={form} className="rule-form" onSubmit={submit} noValidate>
        {rule?.problem && (
          <p className="callout warn" role="status">
            <Icon name="alert" /> <span>{rule.problem}</span>
          </p>
        )}
        <div className="card">
          <Field
            label="Name"
            help="What your team reads in the conversations in which it ran."
            error={problems?.name}
          >
            {(attributes) => (
              <input
                {...attributes}
                maxLength={80}
                autoComplete="off"
                value={draft.name}
                onChange={(e) => change({ name: e.target.value })}
              />
            )}
          </Field>
        </div>
        <TriggerSection trigger={draft.trigger} set={(trigger) => change(withTrigger(draft, trigger))} />
        <ConditionSection
          draft={draft}
          change={change}
          options={options}
          problems={problems}
          result={trying.result}
        />
        <ActionSection draft={draft} change={change} options={options} problems={problems} />
        <RepeatSection draft={draft} change={change} />
        {problems?.other && (
          <p className="callout bad" role="alert">
            <Icon name="alert" /> <span>{problems.other}</span>
          </p>
        )}
        <SaveBar draft={draft} change={change} busy={busy} dirty={dirty} isNew={!rule} discard={discard} />
      </form>
      <div className="rule-side">
        <section className="card rule-sentence" aria-label="In one sentence">
          <p>
            <Said words={ruleWords(draft, options)} />
          </p>
        </section>
        <TryPanel trying={trying} trigger={draft.trigger} />
      </div>
    </div>
  );
}

interface BarProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  busy: boolean;
  dirty: boolean;
  isNew: boolean;
  discard: () => void;
}

function SaveBar({ draft, change, busy, dirty, isNew, discard }: BarProps) {
  return (
    <div className="save-bar rule-save" data-dirty={dirty || undefined}>
      <span className="rule-switch">
        <Toggle on={draft.on} set={(on) => change({ on })} labelledBy="rule-on" />
        <span id="rule-on">{draft.on ? "Switched on" : "Switched off"}</span>
      </span>
      <p role="status">{dirty ? (isNew ? "" : "Your changes are not saved yet.") : "Everything is saved."}</p>
      {!isNew && (
        <Button kind="quiet" disabled={!dirty || busy} onClick={discard}>
          Discard
        </Button>
      )}
      <Button type="submit" kind="primary" disabled={!dirty} busy={busy}>
        {busy ? "Saving…" : "Save"}
      </Button>
    </div>
  );
}
