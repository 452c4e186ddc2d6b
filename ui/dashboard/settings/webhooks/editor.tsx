import { RadioGroup } from "radix-ui";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import type { RuleOptions, Webhook } from "../../../shared/agent";
import { ConditionList } from "../../conditions/condition-list";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { Link } from "../../router/router";
import { Section } from "../section";
import { type Draft, mostConditions, type Problems } from "./draft";
import type { useEditor } from "./use-editor";
import { events } from "./words";

interface Props {
  editor: ReturnType<typeof useEditor>;
  webhook?: Webhook;
  options: RuleOptions;
}

/** Editor says what a webhook sends, when, and where to. */
export function Editor({ editor, webhook, options }: Props) {
  const { draft, change, problems, busy, save } = editor;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!webhook) form.current?.querySelector("input")?.focus();
  }, [webhook]);
  useEffect(() => {
    if (!problems) return;
    const at = form.current?.querySelector<HTMLElement>(
      '[aria-invalid="true"], [data-unfinished], [role="alert"]',
    );
    at?.focus();
    at?.scrollIntoView({ block: "center" });
  }, [problems]);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    void save();
  };
  return (
    <form ref={form} className="webhook-form" onSubmit={submit} noValidate>
      <Receiver draft={draft} change={change} problems={problems} />
      <EventField event={draft.event} set={(event) => change({ event })} />
      <Conditions draft={draft} change={change} problems={problems} options={options} />
      {problems?.other && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> <span>{problems.other}</span>
        </p>
      )}
      <div className="edit-actions">
        <Button type="submit" kind="primary" busy={busy}>
          {busy ? "Saving…" : webhook ? "Save" : "Add the webhook"}
        </Button>
        <Link className="button" href={webhook ? paths.webhook(webhook.id) : paths.webhooks}>
          Cancel
        </Link>
      </div>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  problems: Problems | null;
}

function Receiver({ draft, change, problems }: PartProps) {
  return (
    <div className="card">
      <Field label="Name" help="Your team reads it, and so does your program." error={problems?.title}>
        {(props) => (
          <input
            {...props}
            autoComplete="off"
            maxLength={80}
            placeholder="Ratings to the shop"
            value={draft.title}
            onChange={(e) => change({ title: e.target.value })}
          />
        )}
      </Field>
      <Field
        label="Address of your program"
        help="It gets POST requests with JSON, and answers 200 to 299 within 15 seconds."
        error={problems?.url}
      >
        {(props) => (
          <input
            {...props}
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            placeholder="https://shop.example.com/hooks"
            value={draft.url}
            onChange={(e) => change({ url: e.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function EventField({ event, set }: { event: string; set: (event: string) => void }) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>When</h2>
      <RadioGroup.Root
        className="trigger-cards webhook-events"
        value={event}
        onValueChange={set}
        aria-labelledby={id}
      >
        {Object.entries(events).map(([value, { title, about, icon }]) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="trigger-card"
            aria-label={title}
            aria-describedby={`${id}-${value}`}
          >
            <span className="trigger-title">
              <Icon name={icon} size={17} /> {title}
            </span>
            <span className="help" id={`${id}-${value}`}>
              {about}
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </section>
  );
}

function Conditions({ draft, change, problems, options }: PartProps & { options: RuleOptions }) {
  const { all, any } = draft;
  const [either, setEither] = useState(any.length > 0);
  const shown = either || any.length > 0;
  const left = mostConditions - all.length - any.length;
  return (
    <Section
      title="If"
      text="All of these, as the conversation is when it happens. Without any, everything is sent."
    >
      <ConditionList
        value={all}
        onChange={(list) => change({ all: list })}
        options={options}
        lead=""
        label="All of these"
        errors={problems?.all}
        max={all.length + left}
      />
      {shown ? (
        <div className="rule-either">
          <h3>And at least one of these</h3>
          <ConditionList
            value={any}
            onChange={(list) => {
              change({ any: list });
              setEither(true);
            }}
            options={options}
            lead="either"
            joined="or"
            label="At least one of these"
            errors={problems?.any}
            max={any.length + left}
          />
        </div>
      ) : (
        <div>
          <Button size="small" kind="quiet" icon="plus" onClick={() => setEither(true)}>
            And at least one of several…
          </Button>
        </div>
      )}
    </Section>
  );
}
