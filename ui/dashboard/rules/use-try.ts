import { useEffect, useState } from "react";
import type { RuleOptions, TriedRule, TryRule } from "../../shared/agent";
import { aborted, textOf } from "../session/api";
import { useSession } from "../session/session";
import { type Draft, isFree, problemsOf, toSend } from "./draft";

const PATIENCE = 350; // while somebody types, nothing is asked

/** Trying is an automation tried in one conversation, anew after each change. */
export interface Trying {
  /** The number or the id of the conversation; empty while none is chosen. */
  issue: string;
  choose: (issue: string) => void;
  /** What came of the draft as it is; null while that is not known. */
  result: TriedRule | null;
  error: string;
  busy: boolean;
  /** Something is still to be chosen before it can be tried. */
  unfinished: boolean;
}

/** useTry tries the draft in a conversation as soon as one is chosen, and again whenever the draft has changed. Nothing is done there. */
export function useTry(draft: Draft, ruleId: string, options: RuleOptions): Trying {
  const { api } = useSession();
  const [issue, setIssue] = useState("");
  const [answer, setAnswer] = useState<{ asked: string; result: TriedRule | null; error: string } | null>(
    null,
  );
  const [attempt, setAttempt] = useState(0);
  const unfinished = !isFree(problemsOf(draft, options));
  const rule = { ...toSend(draft), name: "", on: true };
  const body: TryRule = { rule, rule_id: ruleId || undefined, issue };
  const asked = issue && !unfinished ? JSON.stringify(body) : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    if (!asked) return;
    const request = new AbortController();
    const timer = setTimeout(() => {
      api
        .post<TriedRule>("/rules/try", JSON.parse(asked), request.signal)
        .then((result) => setAnswer({ asked, result, error: "" }))
        .catch((err) => !aborted(err) && setAnswer({ asked, result: null, error: textOf(err) }));
    }, PATIENCE);
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [api, asked, attempt]);
  const choose = (next: string) => {
    setIssue(next.trim());
    setAttempt((n) => n + 1);
  };
  const current = answer?.asked === asked ? answer : null;
  return {
    issue,
    choose,
    result: current?.result ?? null,
    error: current?.error ?? "",
    busy: asked !== "" && !current,
    unfinished,
  };
}
