import { type FormEvent, type RefObject, useId, useRef, useState } from "react";
import type { BusinessHours, Holiday } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { useNow } from "../../time/ticking";
import { errorAt, type Problem } from "../draft";
import { dateIn } from "./moment";
import { SpansEditor } from "./spans-editor";
import { byDate, holidayProblem } from "./week";

interface Props {
  hours: BusinessHours;
  onChange: (hours: BusinessHours) => void;
  problem: Problem | null;
}

const most = 100;

/** Holidays edits the days with hours of their own. */
export function Holidays({ hours, onChange, problem }: Props) {
  const add = useRef<HTMLInputElement>(null);
  const list = hours.holidays;
  const today = dateIn(hours.zone, useNow(60_000));
  const past = list.filter((d) => d.date && d.date < today).length;
  const set = (holidays: Holiday[]) => onChange({ ...hours, holidays });
  const wrong = errorAt(problem, "holidays");
  return (
    <>
      {list.length === 0 && (
        <p className="soft small">
          No holidays yet. Add the days on which you are closed, or there at other times.
        </p>
      )}
      <ul className="holidays">
        {list.map((d, n) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: dates change while they are typed
            key={n}
            holiday={d}
            over={d.date !== "" && d.date < today}
            problem={holidayProblem(list, n) || errorAt(problem, `holidays.${n}`)}
            set={(next) => set(list.map((o, i) => (i === n ? next : o)))}
            remove={() => {
              set(list.filter((_, i) => i !== n));
              add.current?.focus();
            }}
          />
        ))}
      </ul>
      {past > 0 && (
        <div>
          <Button
            size="small"
            kind="quiet"
            icon="trash"
            onClick={() => set(list.filter((d) => d.date >= today))}
          >
            Remove {past === 1 ? "the one that is" : `the ${past} that are`} over
          </Button>
        </div>
      )}
      {wrong && <FieldError text={wrong} />}
      {list.length < most && (
        <Add first={add} list={list} today={today} add={(d) => set(byDate([...list, d]))} />
      )}
    </>
  );
}

interface LineProps {
  holiday: Holiday;
  over: boolean;
  problem: string;
  set: (holiday: Holiday) => void;
  remove: () => void;
}

function Line({ holiday: d, over, problem, set, remove }: LineProps) {
  const id = useId();
  const name = d.name || d.date || "Holiday";
  const wrong = problem ? `${id}-wrong` : undefined;
  return (
    <li className="holiday" data-over={over || undefined}>
      <div className="holiday-line">
        <input
          type="date"
          className="input"
          aria-label={`Date of ${name}`}
          aria-invalid={problem ? true : undefined}
          aria-describedby={wrong}
          value={d.date}
          onChange={(e) => set({ ...d, date: e.target.value })}
        />
        <input
          className="input"
          aria-label={`Name of ${d.date || "the holiday"}`}
          placeholder="Name, for your team"
          maxLength={60}
          value={d.name}
          onChange={(e) => set({ ...d, name: e.target.value })}
        />
        <div className="select-box">
          <select
            className="select"
            aria-label={`Hours on ${name}`}
            value={d.hours?.length ? "hours" : "closed"}
            onChange={(e) =>
              set({ ...d, hours: e.target.value === "hours" ? [{ from: 9 * 60, to: 12 * 60 }] : undefined })
            }
          >
            <option value="closed">Closed all day</option>
            <option value="hours">Other hours</option>
          </select>
          <Icon name="down" size={16} />
        </div>
        <Button kind="quiet" icon="trash" aria-label={`Remove ${name}`} onClick={remove} />
      </div>
      {!!d.hours?.length && (
        <SpansEditor
          day={name}
          spans={d.hours}
          wrong={wrong}
          onChange={(spans) => set({ ...d, hours: spans })}
        />
      )}
      {problem && <FieldError id={wrong} text={problem} />}
      {over && <p className="help">Over</p>}
    </li>
  );
}

interface AddProps {
  first: RefObject<HTMLInputElement | null>;
  list: Holiday[];
  today: string;
  add: (holiday: Holiday) => void;
}

function Add({ first, list, today, add }: AddProps) {
  const [date, setDate] = useState("");
  const [name, setName] = useState("");
  const taken = list.some((d) => d.date === date);
  const submit = (e?: FormEvent) => {
    e?.preventDefault();
    if (!date || taken) return;
    add({ date, name: name.trim() });
    setDate("");
    setName("");
    first.current?.focus();
  };
  const enter = (e: { key: string; preventDefault: () => void }) => {
    if (e.key !== "Enter") return;
    e.preventDefault(); // it would save the page
    submit();
  };
  return (
    <fieldset className="holiday-add">
      <legend className="legend">Add a holiday</legend>
      <div className="holiday-line">
        <input
          ref={first}
          type="date"
          className="input"
          aria-label="Date of the new holiday"
          min={today}
          value={date}
          onChange={(e) => setDate(e.target.value)}
          onKeyDown={enter}
        />
        <input
          className="input"
          aria-label="Name of the new holiday"
          placeholder="Name, for your team"
          maxLength={60}
          value={name}
          onChange={(e) => setName(e.target.value)}
          onKeyDown={enter}
        />
        <Button icon="plus" disabled={!date || taken} onClick={() => submit()}>
          Add
        </Button>
      </div>
      {taken && <p className="help">This date is in the list already.</p>}
    </fieldset>
  );
}
