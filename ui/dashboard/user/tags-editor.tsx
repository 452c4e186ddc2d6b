import { type KeyboardEvent, type RefObject, useId, useRef, useState } from "react";
import type { Row, Tags } from "../../shared/agent";
import { FieldError } from "../parts/field";
import { Icon } from "../parts/icon";
import { textOf } from "../session/api";
import { useSession } from "../session/session";
import type { Change } from "../thread/use-thread";
import { Group } from "./facts";

interface Props {
  issue: Row;
  change: Change;
}

/** TagsEditor puts tags on the conversation and takes them off. */
export function TagsEditor({ issue, change }: Props) {
  const tags = issue.tags ?? [];
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const set = async (body: { add?: string[]; remove?: string[] }) => {
    if (busy) return;
    setBusy(true);
    setError("");
    await change("post", "tags", body).catch((err) => setError(textOf(err)));
    setBusy(false);
    input.current?.focus();
  };
  return (
    <Group
      title="Tags"
      note={
        <>
          <div className="tags">
            {tags.map((tag) => (
              <span key={tag} className="tag">
                <span className="ellipsis" title={tag}>
                  {tag}
                </span>
                <button
                  type="button"
                  aria-label={`Take off ${tag}`}
                  onClick={() => void set({ remove: [tag] })}
                >
                  <Icon name="x" size={12} />
                </button>
              </span>
            ))}
            <Adder
              input={input}
              tags={tags}
              add={(tag) => void set({ add: [tag] })}
              removeLast={() => tags.length > 0 && void set({ remove: tags.slice(-1) })}
            />
          </div>
          {error && <FieldError text={error} />}
        </>
      }
    />
  );
}

interface AdderProps {
  input: RefObject<HTMLInputElement | null>;
  tags: string[];
  add: (tag: string) => void;
  removeLast: () => void;
}

function Adder({ input, tags, add, removeLast }: AdderProps) {
  const { all, error, load } = useTags();
  const [query, setQuery] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const id = useId();
  const list = choices(all ?? [], tags, query);
  const chosen = list[Math.min(at, list.length - 1)];
  const show = () => {
    setOpen(true);
    load();
  };
  const close = () => {
    setOpen(false);
    setQuery("");
    setAt(0);
  };
  const pick = (tag: string) => {
    add(tag);
    close();
  };
  const key = (e: KeyboardEvent) => {
    const step = e.key === "ArrowDown" ? 1 : e.key === "ArrowUp" ? -1 : 0;
    if (e.key === "Backspace" && query === "") return removeLast();
    if (e.key === "Escape" && open) {
      e.stopPropagation(); // a sheet around it stays
      return close();
    }
    if (e.key === "Enter" && open && chosen) pick(chosen);
    if (step && open)
      setAt((n) => (Math.min(n, list.length - 1) + step + list.length) % Math.max(list.length, 1));
    if (step) show();
    if (step || e.key === "Enter") e.preventDefault();
  };
  return (
    <div className="tags-box">
      <input
        ref={input}
        className="tags-input"
        role="combobox"
        aria-label="Add a tag"
        aria-expanded={open}
        aria-controls={id}
        aria-activedescendant={open && chosen ? `${id}-${list.indexOf(chosen)}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        placeholder="Add a tag…"
        value={query}
        onFocus={show}
        onClick={show}
        onBlur={close}
        onChange={(e) => {
          setQuery(e.target.value);
          setAt(0);
          show();
        }}
        onKeyDown={key}
      />
      {open && (
        <div className="tags-list">
          <div id={id} role="listbox" aria-label="Tags">
            {list.map((tag, i) => (
              <div
                key={tag}
                id={`${id}-${i}`}
                ref={(el) => {
                  if (tag === chosen) el?.scrollIntoView({ block: "nearest" });
                }}
                role="option"
                tabIndex={-1}
                aria-selected={tag === chosen}
                className="tags-choice"
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => pick(tag)}
                onKeyDown={() => undefined}
              >
                {tag}
              </div>
            ))}
          </div>
          {list.length === 0 && <p className="tags-none faint">{error || noneWords(all, query)}</p>}
        </div>
      )}
    </div>
  );
}

/** choices are the tags that can still be put on, those that begin with the query first. */
export function choices(all: string[], on: string[], query: string): string[] {
  const q = query.trim().toLowerCase();
  const fits = all.filter((t) => !on.includes(t) && t.toLowerCase().includes(q));
  const begins = (t: string) => t.toLowerCase().startsWith(q);
  return [...fits.filter(begins), ...fits.filter((t) => !begins(t))];
}

function noneWords(all: string[] | null, query: string): string {
  if (!all) return "Loading…";
  if (query) return `There is no tag “${query}”. Supervisors can make it.`;
  return all.length === 0
    ? "There are no tags yet. Supervisors make them in the settings."
    : "All tags are on it.";
}

/** useTags loads the tags when they are first wanted. */
function useTags() {
  const { api } = useSession();
  const [all, setAll] = useState<string[] | null>(null);
  const [error, setError] = useState("");
  const asked = useRef(false);
  const load = () => {
    if (asked.current) return;
    asked.current = true;
    setError("");
    api.get<Tags>("/tags").then(
      ({ tags }) => setAll(tags.filter((t) => !t.archived).map((t) => t.name)),
      (err) => {
        asked.current = false;
        setError(textOf(err));
      },
    );
  };
  return { all, error, load };
}
