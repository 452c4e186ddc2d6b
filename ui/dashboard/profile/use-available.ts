import { useState } from "react";
import type { Me } from "../../shared/agent";
import { useNotify } from "../parts/notices";
import { textOf } from "../session/api";
import { useMe, useSession } from "../session/session";

/** useAvailable is whether the agent is available, as the server has it, and a way to change it. */
export function useAvailable() {
  const me = useMe();
  const { api, enter } = useSession();
  const notify = useNotify();
  const [wanted, setWanted] = useState<boolean | null>(null);
  const set = async (available: boolean) => {
    setWanted(available);
    try {
      enter(await api.post<Me>("/profile/available", { available }));
      notify(available ? "You are available." : "You are away.");
    } catch (err) {
      notify(textOf(err), "bad");
    } finally {
      setWanted(null);
    }
  };
  return { available: wanted ?? me.agent.available, set };
}

/** onAvailable is what being available or away means. */
export const onAvailable = {
  yes: "Colleagues see that you can take conversations.",
  no: "Colleagues see that you are away. Nothing new comes to you by itself, and what is assigned to you stays.",
};
