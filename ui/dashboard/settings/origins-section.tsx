import { useId, useRef } from "react";
import { Button } from "../parts/button";
import { FieldError } from "../parts/field";
import { errorAt, originProblem } from "./draft";
import { Section, type SectionProps } from "./section";

export function OriginsSection({ draft, onChange, problem }: SectionProps) {
  const list = useRef<HTMLUListElement>(null);
  const origins = draft.allowed_origins.length > 0 ? draft.allowed_origins : [""];
  const set = (allowed_origins: string[]) => onChange({ ...draft, allowed_origins });
  const refused = errorAt(problem, "allowed_origins");
  const add = () => {
    set([...origins, ""]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>("li:last-child input")?.focus());
  };
  const remove = (at: number) => {
    set(origins.filter((_, i) => i !== at));
    list.current?.querySelector<HTMLElement>("input")?.focus();
  };
  return (
    <Section
      title="Where it may appear"
      text="The chat works only on pages of these origins, and e-mails lead only there. An origin is the scheme and the host, for example https://www.example.com."
    >
      <ul ref={list} className="origins">
        {origins.map((origin, i) => (
          <Origin
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            key={i}
            n={i + 1}
            value={origin}
            error={originProblem(origin) || (refused.includes(`"${origin.trim()}"`) ? refused : "")}
            set={(value) => set(origins.map((o, at) => (at === i ? value : o)))}
            remove={origins.length > 1 || origin ? () => remove(i) : undefined}
          />
        ))}
      </ul>
      {refused && !origins.some((o) => refused.includes(`"${o.trim()}"`)) && <FieldError text={refused} />}
      <div>
        <Button size="small" icon="plus" disabled={origins.length >= 50} onClick={add}>
          Add an origin
        </Button>
      </div>
    </Section>
  );
}

interface OriginProps {
  n: number;
  value: string;
  error: string;
  set: (value: string) => void;
  remove?: () => void;
}

function Origin({ n, value, error, set, remove }: OriginProps) {
  const id = useId();
  return (
    <li>
      <div className="origin">
        <input
          className="input"
          aria-label={`Origin ${n}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? id : undefined}
          placeholder="https://www.example.com"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          value={value}
          onChange={(e) => set(e.target.value)}
        />
        {remove && (
          <Button
            kind="quiet"
            icon="trash"
            aria-label={`Remove origin ${n}`}
            title="Remove"
            onClick={remove}
          />
        )}
      </div>
      {error && <FieldError id={id} text={error} />}
    </li>
  );
}
