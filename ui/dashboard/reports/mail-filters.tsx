import { useEffect, useState } from "react";
import { reasons } from "../followup/words";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { groups } from "./groups";
import { withValue } from "./period";

interface Props {
  filter: { state: string; reason: string; q: string };
  /** The address of the same list as a file. */
  file: string;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** MailFilters narrows the list. What is chosen stands in the address, so that it can be shared. */
export function MailFilters({ filter, file }: Props) {
  const { search, navigate } = useRouter();
  const set = (key: string, value: string) =>
    navigate(paths.mails + withValue(search, key, value), { replace: true });
  return (
    <div className="mail-filters">
      <Search value={filter.q} set={(q) => set("q", q)} />
      <div className="select-box">
        <select
          className="select"
          aria-label="State"
          value={filter.state}
          onChange={(e) => set("state", e.target.value)}
        >
          <option value="">Every state</option>
          {groups.map((g) => (
            <option key={g.key} value={g.key}>
              {g.name}
            </option>
          ))}
        </select>
        <Icon name="down" size={16} />
      </div>
      <div className="select-box">
        <select
          className="select"
          aria-label="Reason"
          value={filter.reason}
          onChange={(e) => set("reason", e.target.value)}
        >
          <option value="">Every reason</option>
          {Object.entries(reasons).map(([key, words]) => (
            <option key={key} value={key}>
              {capital(words.because)}
            </option>
          ))}
        </select>
        <Icon name="down" size={16} />
      </div>
      <a className="button" href={file} download aria-label="Download CSV: what was mailed, and why not">
        <Icon name="download" size={16} /> CSV
      </a>
    </div>
  );
}

/** Search asks once nobody has typed for a moment. */
function Search({ value, set }: { value: string; set: (q: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: set is a new function with every address; only typing counts
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => set(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      className="input"
      type="search"
      aria-label="Search by address or number"
      placeholder="Address or #number"
      maxLength={200}
      value={text}
      onChange={(e) => setText(e.target.value)}
    />
  );
}
