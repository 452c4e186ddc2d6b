import { useEffect, useState } from "react";
import { useMe } from "../../session/session";
import { type DraftKind, loadDraft, saveDraft } from "../kept";

/** useDraft is a text that survives a reload, of one agent and for one conversation. */
export function useDraft(issue: string, kind: DraftKind) {
  const agent = useMe().agent.id;
  const [text, setText] = useState(() => loadDraft(agent, issue, kind));
  useEffect(() => saveDraft(agent, issue, text, kind), [agent, issue, text, kind]);
  return [text, setText] as const;
}
