import { type ReactNode, useState } from "react";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";
import { useSession } from "../session/session";

interface Props<T> {
  path: string;
  name: string;
  archived: boolean;
  /** Takes the new list. */
  done: (list: T) => void;
}

/** ArchiveButton archives something or restores it. Nothing is lost by it, so it does not ask. */
export function ArchiveButton<T>({ path, name, archived, done }: Props<T>) {
  const { api } = useSession();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const press = async () => {
    setBusy(true);
    try {
      const list = await api.post<T>(path, { archived: !archived });
      notify(archived ? `“${name}” is restored.` : `“${name}” is archived.`);
      done(list);
    } catch (err) {
      notify(textOf(err), "bad");
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      size="small"
      kind="quiet"
      icon={archived ? "reopen" : "archive"}
      busy={busy}
      aria-label={`${archived ? "Restore" : "Archive"} ${name}`}
      onClick={press}
    >
      {archived ? "Restore" : "Archive"}
    </Button>
  );
}

/** Archived folds away what is archived. */
export function Archived({ count, children }: { count: number; children: ReactNode }) {
  if (count === 0) return null;
  return (
    <details className="limits">
      <summary>
        <Icon name="right" size={16} className="limits-arrow" />
        <span>Archived ({count})</span>
      </summary>
      <div className="archived">{children}</div>
    </details>
  );
}
