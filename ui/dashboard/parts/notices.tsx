import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from "react";
import { Icon } from "./icon";

interface Notice {
  id: number;
  text: string;
  bad: boolean;
}

type Notify = (text: string, kind?: "bad") => void;

const Context = createContext<Notify>(() => undefined);

/** useNotify gives a function that says something in passing, such as the failure of an action. */
export const useNotify = () => useContext(Context);

export function NoticeProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<Notice[]>([]);
  const next = useRef(1);
  const close = useCallback((id: number) => setNotices((list) => list.filter((n) => n.id !== id)), []);
  const notify = useCallback<Notify>(
    (text, kind) => {
      const id = next.current++;
      setNotices((list) =>
        [...list.filter((n) => n.text !== text), { id, text, bad: kind === "bad" }].slice(-3),
      );
      setTimeout(close, kind === "bad" ? 10_000 : 5_000, id);
    },
    [close],
  );
  return (
    <Context.Provider value={notify}>
      {children}
      <div className="notices" role="status" aria-live="polite">
        {notices.map((n) => (
          <div key={n.id} className="notice">
            <Icon name={n.bad ? "alert" : "check"} />
            <span>{n.text}</span>
            <button type="button" aria-label="Close this notice" onClick={() => close(n.id)}>
              <Icon name="x" size={16} />
            </button>
          </div>
        ))}
      </div>
    </Context.Provider>
  );
}
