import { useState } from "react";
import { Button } from "../parts/button";
import { FieldError } from "../parts/field";
import { between, isoDay, lastDays, type Period, presets } from "./period";

/** PeriodPicker chooses the last days, or days by their dates. */
export function PeriodPicker({ period, set }: { period: Period; set: (p: Period) => void }) {
  const [open, setOpen] = useState(period.days === 0);
  return (
    <div className="period">
      <fieldset className="period-presets">
        <legend className="hidden-text">Period</legend>
        {presets.map((days) => (
          <button
            key={days}
            type="button"
            aria-pressed={!open && period.days === days}
            onClick={() => {
              setOpen(false);
              set(lastDays(days, Date.now()));
            }}
          >
            {days} days
          </button>
        ))}
        <button type="button" aria-pressed={open} aria-expanded={open} onClick={() => setOpen(true)}>
          Custom
        </button>
      </fieldset>
      {open && <Dates period={period} set={set} />}
    </div>
  );
}

function Dates({ period, set }: { period: Period; set: (p: Period) => void }) {
  const [from, setFrom] = useState(isoDay(period.from));
  const [to, setTo] = useState(isoDay(period.to - 1));
  const [problem, setProblem] = useState("");
  const submit = (e: { preventDefault: () => void }) => {
    e.preventDefault();
    const chosen = between(from, to);
    setProblem(chosen.problem);
    if (chosen.period) set(chosen.period);
  };
  return (
    <form className="period-dates" onSubmit={submit} noValidate>
      <input
        className="input"
        type="date"
        aria-label="First day"
        value={from}
        onChange={(e) => setFrom(e.target.value)}
      />
      <span aria-hidden="true">–</span>
      <input
        className="input"
        type="date"
        aria-label="Last day"
        value={to}
        onChange={(e) => setTo(e.target.value)}
      />
      <Button type="submit">Show</Button>
      {problem && <FieldError text={problem} />}
    </form>
  );
}
