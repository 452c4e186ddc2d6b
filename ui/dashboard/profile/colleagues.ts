import type { Agent } from "../../shared/agent";
import { useMe } from "../session/session";

/** othersOf are those who can be assigned besides somebody, those who are available first. */
export function othersOf(agents: Agent[], id: string): Agent[] {
  const away = (a: Agent) => (a.available ? 0 : 1);
  return agents.filter((a) => a.id !== id).sort((a, b) => away(a) - away(b));
}

/** useOthers are the colleagues of who is signed in. Say in words who is away: the dot on an avatar is for eyes. */
export function useOthers(): Agent[] {
  const me = useMe();
  return othersOf(me.agents, me.agent.id);
}
