import { RadioGroup } from "radix-ui";
import { useId } from "react";
import { Icon } from "../parts/icon";
import type { Draft } from "./draft";
import { repeatWords } from "./words";

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

/** RepeatSection says how often the automation may run in one conversation; one that runs when it begins has no choice. */
export function RepeatSection({ draft, change }: Props) {
  const id = useId();
  const words = repeatWords(draft.trigger);
  if (!words) return null;
  const talks = draft.actions.some((a) => a.kind === "message");
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>How often</h2>
      <RadioGroup.Root
        className="radios"
        value={draft.repeat ? "again" : "once"}
        onValueChange={(v) => change({ repeat: v === "again" })}
        aria-labelledby={id}
      >
        <Way id={`${id}-once`} value="once" title={words.once} />
        <Way id={`${id}-again`} value="again" title={words.again} about={words.about} />
      </RadioGroup.Root>
      {draft.repeat && draft.trigger === "update" && talks && (
        <p className="callout warn">
          <Icon name="alert" />
          <span>The visitor may read the message after every single change. Once is usually enough.</span>
        </p>
      )}
      <p className="help">
        It never goes round in circles: what automations do sets off no other automation.
      </p>
    </section>
  );
}

function Way({ id, value, title, about }: { id: string; value: string; title: string; about?: string }) {
  return (
    <div className="radio">
      <RadioGroup.Item
        className="radio-button"
        id={id}
        value={value}
        aria-describedby={about ? `${id}-about` : undefined}
      >
        <RadioGroup.Indicator className="radio-dot" />
      </RadioGroup.Item>
      <div>
        <label htmlFor={id}>{title}</label>
        {about && (
          <p className="help" id={`${id}-about`}>
            {about}
          </p>
        )}
      </div>
    </div>
  );
}
