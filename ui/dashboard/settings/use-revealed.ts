import { useEffect, useState } from "react";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";

/** A secret that somebody forgot on the screen hides by itself. */
const shownMs = 60_000;

/** useRevealed shows a secret for a minute. ask gets it from the server, which notes who looked. */
export function useRevealed(ask: () => Promise<{ value: string }>) {
  const notify = useNotify();
  const [value, setValue] = useState("");
  const [loading, setLoading] = useState(false);
  useEffect(() => {
    if (!value) return;
    const timer = setTimeout(setValue, shownMs, "");
    return () => clearTimeout(timer);
  }, [value]);
  const show = async () => {
    setLoading(true);
    try {
      setValue((await ask()).value);
    } catch (err) {
      notify(textOf(err), "bad");
    } finally {
      setLoading(false);
    }
  };
  return { value, loading, show, hide: () => setValue("") };
}
