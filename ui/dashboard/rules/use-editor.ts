import { useEffect, useState } from "react";
import type { Rule, RuleOptions } from "../../shared/agent";
import { useNotify } from "../parts/notices";
import { paths } from "../router/route";
import { useGuard, useRouter } from "../router/router";
import { ApiError, textOf } from "../session/api";
import { useSession } from "../session/session";
import {
  type Draft,
  draftOf,
  isDirty,
  isFree,
  type Problems,
  placed,
  problemsOf,
  ruleAt,
  toSend,
} from "./draft";

interface Start {
  /** What is changed; a new one without it. */
  rule?: Rule;
  start: Draft;
  options: RuleOptions;
  saved?: (rule: Rule) => void;
}

/** useEditor keeps an automation while it is edited, and saves it. */
export function useEditor({ rule, start, options, saved }: Start) {
  const { api } = useSession();
  const notify = useNotify();
  const { navigate } = useRouter();
  const [draft, setDraft] = useState(start);
  const [problems, setProblems] = useState<Problems | null>(null);
  const [busy, setBusy] = useState(false);
  const [made, setMade] = useState("");
  const dirty = !made && (!rule || isDirty(draft, draftOf(rule)));
  useGuard(dirty && isDirty(draft, start));
  useEffect(() => {
    if (made) navigate(paths.rule(made), { replace: true });
  }, [made, navigate]);

  const send = async () => {
    const body = toSend(draft);
    try {
      const answer = rule ? await api.put<Rule>(ruleAt(rule.id), body) : await api.post<Rule>("/rules", body);
      notify(answer.on ? "Saved: it runs from now on." : "Saved, switched off.");
      if (!rule) return setMade(answer.id);
      setDraft(draftOf(answer));
      saved?.(answer);
    } catch (err) {
      setProblems(placed({ field: err instanceof ApiError ? err.field : "", text: textOf(err) }));
    }
  };
  const save = async () => {
    if (busy) return;
    const missing = problemsOf(draft, options);
    if (!draft.name.trim()) missing.name = "Give it a name.";
    setProblems(isFree(missing) ? null : missing);
    if (!isFree(missing)) return;
    setBusy(true);
    await send();
    setBusy(false);
  };
  /** A change takes back what was wrong: it may be right now. */
  const change = (part: Partial<Draft>) => {
    setDraft((held) => ({ ...held, ...part }));
    setProblems(null);
  };
  const discard = () => {
    setDraft(start);
    setProblems(null);
  };
  return { draft, change, problems, busy, dirty, save, discard };
}
