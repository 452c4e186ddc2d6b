import { useEffect, useRef, useState } from "react";
import type { Verification } from "../../../shared/agent";
import { useNotify } from "../../parts/notices";
import { textOf } from "../../session/api";

/** Change does something, with the verification where nothing else is said, and shows what came of it. It reports whether it worked. */
export type Change<T = Verification> = (ask: () => Promise<T>, done: string) => Promise<boolean>;

export function useChange<T>(set: (fresh: T) => void): Change<T> {
  const notify = useNotify();
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return async (ask, done) => {
    try {
      const fresh = await ask();
      if (shown.current) set(fresh);
      notify(done);
      return true;
    } catch (err) {
      notify(textOf(err), "bad");
      return false;
    }
  };
}

/** useBusy runs one thing at a time and tells which. */
export function useBusy() {
  const [busy, setBusy] = useState("");
  const run = async <T>(name: string, act: () => Promise<T>) => {
    setBusy(name);
    try {
      return await act();
    } finally {
      setBusy("");
    }
  };
  return { busy, run };
}
