import { useEffect, useState } from "react";
import type { SignInOptions } from "../../shared/agent";
import { useSession } from "./session";

/** useOptions asks how one can sign in here. Until the answer is there, and without one, it is the password alone. */
export function useOptions(): SignInOptions {
  const { api } = useSession();
  const [options, setOptions] = useState<SignInOptions>({ first_run: false, reset: false });
  useEffect(() => {
    const request = new AbortController();
    api.get<SignInOptions>("/sign-in/options", request.signal).then(setOptions, () => undefined);
    return () => request.abort();
  }, [api]);
  return options;
}
