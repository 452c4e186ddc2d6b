import { Button } from "../../parts/button";
import { Field, FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { useMe } from "../../session/session";
import { type AuditFilter, everything, isNarrowed, problemOf } from "./filter";
import { acts } from "./words";

interface Props {
  filter: AuditFilter;
  people: Person[];
  set: (filter: AuditFilter) => void;
}

const byWords = Object.entries(acts).sort(([, a], [, b]) => a.localeCompare(b));

export interface Person {
  id: string;
  name: string;
}

export function Filters({ filter, people, set }: Props) {
  const me = useMe();
  const problem = problemOf(filter);
  const known = [...me.agents, ...people.filter((p) => !me.agents.some((a) => a.id === p.id))];
  const pick = (part: Partial<AuditFilter>) => set({ ...filter, ...part });
  return (
    <section className="card audit-filters" aria-label="Filters">
      <Select label="Person" value={filter.agent} set={(agent) => pick({ agent })}>
        <option value="">Everybody</option>
        {known.map((a) => (
          <option key={a.id} value={a.id}>
            {a.name}
          </option>
        ))}
      </Select>
      <Select label="Act" value={filter.act} set={(act) => pick({ act })}>
        <option value="">Everything</option>
        {byWords.map(([act, words]) => (
          <option key={act} value={act}>
            {words}
          </option>
        ))}
      </Select>
      <Day label="From" value={filter.from} set={(from) => pick({ from })} />
      <Day label="To" value={filter.to} set={(to) => pick({ to })} wrong={Boolean(problem)} />
      <Button kind="quiet" icon="x" disabled={!isNarrowed(filter)} onClick={() => set(everything)}>
        Clear
      </Button>
      {problem && <FieldError text={problem} />}
    </section>
  );
}

function Select(props: {
  label: string;
  value: string;
  set: (v: string) => void;
  children: React.ReactNode;
}) {
  return (
    <Field label={props.label}>
      {({ className: _, ...field }) => (
        <div className="select-box">
          <select
            {...field}
            className="select"
            value={props.value}
            onChange={(e) => props.set(e.target.value)}
          >
            {props.children}
          </select>
          <Icon name="down" size={16} />
        </div>
      )}
    </Field>
  );
}

function Day(props: { label: string; value: string; set: (v: string) => void; wrong?: boolean }) {
  return (
    <Field label={props.label}>
      {(field) => (
        <input
          {...field}
          type="date"
          aria-invalid={props.wrong || undefined}
          value={props.value}
          onChange={(e) => props.set(e.target.value)}
        />
      )}
    </Field>
  );
}
