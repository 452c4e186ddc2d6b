import { DropdownMenu } from "radix-ui";
import { useId } from "react";
import type { BusinessHours } from "../../../shared/agent";
import { FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { Toggle } from "../../parts/toggle";
import { errorAt, type Problem } from "../draft";
import { SpansEditor } from "./spans-editor";
import { copyDay, dayNames, nextSpan, spansProblem, weekdays, withDay } from "./week";

interface Props {
  hours: BusinessHours;
  onChange: (hours: BusinessHours) => void;
  problem: Problem | null;
}

/** WeekEditor edits the hours of each day of the week. */
export function WeekEditor({ hours, onChange, problem }: Props) {
  return (
    <div className="week">
      {weekdays.map((day) => (
        <Day
          key={day}
          day={day}
          hours={hours}
          onChange={onChange}
          problem={errorAt(problem, `week.${day}`)}
        />
      ))}
    </div>
  );
}

function Day({ day, hours, onChange, problem }: Omit<Props, "problem"> & { day: number; problem: string }) {
  const id = useId();
  const name = dayNames[day] as string;
  const spans = hours.week[day] ?? [];
  const wrong = spansProblem(spans) || problem;
  const set = (on: boolean) => onChange(withDay(hours, day, on ? [nextSpan([]) ?? { from: 0, to: 1 }] : []));
  return (
    <div className="week-day">
      <div className="week-switch">
        <Toggle on={spans.length > 0} set={set} labelledBy={id} />
        <span id={id}>{name}</span>
      </div>
      <div className="week-hours">
        {spans.length > 0 ? (
          <SpansEditor
            day={name}
            spans={spans}
            onChange={(list) => onChange(withDay(hours, day, list))}
            wrong={wrong ? `${id}-wrong` : undefined}
          />
        ) : (
          <p className="faint week-closed">Closed</p>
        )}
        {wrong && <FieldError id={`${id}-wrong`} text={wrong} />}
      </div>
      <CopyMenu day={day} copy={(to) => onChange(copyDay(hours, day, to))} />
    </div>
  );
}

const workdays = [1, 2, 3, 4, 5];

function CopyMenu({ day, copy }: { day: number; copy: (to: readonly number[]) => void }) {
  const name = dayNames[day] as string;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="button quiet small icon-only"
          aria-label={`Copy the hours of ${name}`}
          title="Copy to other days"
        >
          <Icon name="copy" size={16} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">Copy {name} to</DropdownMenu.Label>
          <DropdownMenu.Item className="menu-item" onSelect={() => copy(workdays)}>
            Monday to Friday
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => copy(weekdays)}>
            All days
          </DropdownMenu.Item>
          {weekdays
            .filter((d) => d !== day)
            .map((d) => (
              <DropdownMenu.Item key={d} className="menu-item" onSelect={() => copy([d])}>
                {dayNames[d]}
              </DropdownMenu.Item>
            ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
