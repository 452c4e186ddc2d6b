import { useEffect, useState } from "react";
import { Icon } from "../../parts/icon";
import type { LogFilter } from "./use-log";
import { deliveryStates } from "./words";

interface Props {
  filter: LogFilter;
  set: (filter: LogFilter) => void;
}

const patience = 300; // while somebody types, nothing is asked

/** LogFilters narrows the log to a state and to a conversation. */
export function LogFilters({ filter, set }: Props) {
  const [text, setText] = useState(filter.number);
  useEffect(() => setText(filter.number), [filter.number]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: set is a new function each time; only typing counts
  useEffect(() => {
    const number = text.replace(/\D/g, "");
    if (number === filter.number) return;
    const timer = setTimeout(() => set({ ...filter, number }), patience);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="log-filters">
      <div className="select-box">
        <select
          className="select"
          aria-label="State"
          value={filter.state}
          onChange={(e) => set({ ...filter, state: e.target.value })}
        >
          <option value="">Every state</option>
          {Object.entries(deliveryStates).map(([state, { text: name }]) => (
            <option key={state} value={state}>
              {name}
            </option>
          ))}
        </select>
        <Icon name="down" size={16} />
      </div>
      <input
        className="input"
        type="search"
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
        aria-label="Number of a conversation"
        placeholder="#number"
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
    </div>
  );
}
