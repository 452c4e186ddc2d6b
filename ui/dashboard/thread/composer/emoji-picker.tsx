import { Popover, Toolbar } from "radix-ui";
import { type KeyboardEvent, useRef, useState } from "react";
import { Icon } from "../../parts/icon";
import { emojiFor } from "./emoji";
import "../../parts/picker.css";

interface Props {
  insert: (sign: string) => void;
  focus: () => void;
}

/** EmojiPicker puts an emoji where the caret is. */
export function EmojiPicker({ insert, focus }: Props) {
  const [open, setOpen] = useState(false);
  const pick = (sign: string) => {
    setOpen(false);
    insert(sign);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Toolbar.Button className="tool" aria-label="Emoji" title="Emoji">
          <Icon name="smile" size={18} />
        </Toolbar.Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover emoji-picker"
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Emoji"
          onCloseAutoFocus={(e) => {
            e.preventDefault();
            focus();
          }}
        >
          <Choices pick={pick} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices({ pick }: { pick: (sign: string) => void }) {
  const [query, setQuery] = useState("");
  const groups = emojiFor(query);
  const list = useRef<HTMLDivElement>(null);
  const first = groups[0]?.list[0];
  const key = (e: KeyboardEvent) => {
    if (e.key === "Enter" && first) {
      e.preventDefault();
      pick(first.sign);
    }
    if (e.key === "ArrowDown") {
      e.preventDefault();
      list.current?.querySelector("button")?.focus();
    }
  };
  return (
    <>
      <input
        className="input"
        type="search"
        placeholder="Search emoji"
        aria-label="Search emoji"
        value={query}
        onChange={(e) => setQuery(e.target.value)}
        onKeyDown={key}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move between the buttons inside */}
      <div ref={list} className="emoji-list" onKeyDown={(e) => move(e, list.current)}>
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h3>{group.title}</h3>
            <div className="emoji-grid">
              {group.list.map((e) => (
                <button
                  key={e.sign}
                  type="button"
                  tabIndex={e === first ? 0 : -1}
                  aria-label={e.name}
                  title={e.name}
                  onClick={() => pick(e.sign)}
                >
                  {e.sign}
                </button>
              ))}
            </div>
          </section>
        ))}
        {groups.length === 0 && <p className="faint small">No emoji is called “{query}”.</p>}
      </div>
    </>
  );
}

/** move goes from button to button with the arrows; up and down by what lies there on the screen. */
function move(e: KeyboardEvent, list: HTMLElement | null) {
  const all = [...(list?.querySelectorAll("button") ?? [])];
  const at = all.indexOf(e.target as HTMLButtonElement);
  if (at < 0 || !list) return;
  const forward = getComputedStyle(list).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
  let next: HTMLButtonElement | undefined;
  if (e.key in steps) next = all[at + (e.key === forward ? 1 : -1)];
  if (e.key === "ArrowDown" || e.key === "ArrowUp") next = beside(all, at, e.key === "ArrowDown" ? 1 : -1);
  if (!next) return;
  e.preventDefault();
  next.focus();
}

function beside(all: HTMLButtonElement[], at: number, step: number): HTMLButtonElement | undefined {
  const here = all[at]?.getBoundingClientRect();
  if (!here) return undefined;
  const row = (b: HTMLButtonElement) => b.getBoundingClientRect().top;
  const candidates = step > 0 ? all.slice(at + 1) : all.slice(0, at).reverse();
  const top = candidates.map(row).find((y) => Math.abs(y - here.top) > 4);
  if (top === undefined) return undefined;
  const distance = (b: HTMLButtonElement) => Math.abs(b.getBoundingClientRect().left - here.left);
  return candidates.filter((b) => Math.abs(row(b) - top) <= 4).sort((a, b) => distance(a) - distance(b))[0];
}
