import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { meant, type Pressed, press, type Shortcuts } from "./keys";
import { ShortcutList } from "./list";

interface Registry {
  /** add returns what takes the shortcuts away again. They are asked for at every key. */
  add: (shortcuts: () => Shortcuts) => () => void;
  all: () => Shortcuts[];
  showList: () => void;
}

const Context = createContext<Registry | null>(null);

/**
 * useShortcuts makes keys do something while the component is shown: useShortcuts({ e: { label: "Resolve", group: "Conversation", run } }).
 * They rest while somebody types, and in dialogs and menus. Where several components name the same key, the one that appeared last wins.
 */
export function useShortcuts(shortcuts: Shortcuts) {
  const registry = useContext(Context);
  const newest = useRef(shortcuts);
  newest.current = shortcuts;
  useEffect(() => registry?.add(() => newest.current), [registry]);
}

/** useShortcutList gives what opens the list of shortcuts. */
export function useShortcutList(): () => void {
  return useContext(Context)?.showList ?? (() => undefined);
}

const switchKey = "rejoin.shortcuts";

/** ShortcutsProvider listens to the keys of the whole page, and holds the list of shortcuts. */
export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [listed, setListed] = useState<Shortcuts[] | null>(null);
  const [on, setOn] = useState(() => localStorage.getItem(switchKey) !== "off");
  const registry = useMemo(() => make(setListed), []);
  useEffect(() => {
    if (on) return listen(registry);
  }, [on, registry]);
  const change = (next: boolean) => {
    setOn(next);
    if (next) localStorage.removeItem(switchKey);
    else localStorage.setItem(switchKey, "off");
  };
  return (
    <Context.Provider value={registry}>
      {children}
      <ShortcutList maps={listed} on={on} setOn={change} close={() => setListed(null)} />
    </Context.Provider>
  );
}

function make(show: (maps: Shortcuts[]) => void): Registry {
  const added = new Set<() => Shortcuts>();
  const all = () => [help, ...[...added].map((shortcuts) => shortcuts())];
  const showList = () => show(all());
  const help: Shortcuts = { "?": { label: "Show this list", group: "Everywhere", run: showList } };
  const add = (shortcuts: () => Shortcuts) => {
    added.add(shortcuts);
    return () => void added.delete(shortcuts);
  };
  return { add, all, showList };
}

function listen(registry: Registry): () => void {
  let before: Pressed | null = null;
  const down = (e: KeyboardEvent) => {
    if (["Shift", "Control", "Alt", "AltGraph", "Meta"].includes(e.key)) return;
    if (!meant(e)) {
      before = null;
      return;
    }
    const { hit, pressed } = press(before, e.key, e.timeStamp, registry.all());
    before = pressed;
    if (!hit) return;
    e.preventDefault();
    if (!e.repeat || hit.repeats) hit.run();
  };
  addEventListener("keydown", down);
  return () => removeEventListener("keydown", down);
}
