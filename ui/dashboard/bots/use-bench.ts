import { useCallback, useMemo, useState } from "react";
import type { RuleOptions, Script } from "../../shared/agent";
import { useNotify } from "../parts/notices";
import { commonPlaceholders } from "../texts/placeholders";
import { type Bench, stepElement } from "./bench";
import * as draft from "./draft";
import { flowOf } from "./flow";
import { answersOf, placeholdersOf } from "./placeholders";
import type { Builder } from "./use-bot";
import { titleOf } from "./words";

/** useBench gives the cards what they work with. said is for those who do not see what moves. */
export function useBench(builder: Builder, options: RuleOptions, current: string) {
  const { history, dispatch, bot, path } = builder;
  const { name, draft: script } = history.now;
  const notify = useNotify();
  const [opened, open] = useState("");
  const [said, setSaid] = useState("");
  const [fresh, setFresh] = useState("");

  const put = useCallback(
    (next: Script, about?: string) => dispatch({ type: "edit", to: { name, draft: next }, about }),
    [dispatch, name],
  );
  const made = useMemo(() => {
    const asked = placeholdersOf(script.steps);
    return {
      flow: flowOf(script.steps),
      answers: answersOf(script.steps),
      asked,
      placeholders: [...asked, ...commonPlaceholders(options.fields)],
    };
  }, [script, options]);
  const added = ({ script: next, id }: { script: Script; id: string }) => {
    put(next);
    open(id);
    setFresh(id);
    toEditor(id);
  };
  const bench: Bench = {
    ...made,
    path,
    kind: bot.kind,
    script,
    options,
    problems: bot.problems.filter((p) => !fresh || p.step_id !== fresh),
    rest: () => setFresh(""),
    opened,
    open,
    current,
    put,
    set: (id, to, field) => put(draft.change(script, id, to), field && `${id} ${field}`),
    jump: toCard,
    insert: (at, kind) => added(draft.insert(script, at, kind)),
    duplicate: (id) => added(draft.duplicate(script, id)),
    move: (from, to) => {
      const step = script.steps[from];
      if (!step || to < 0 || to >= script.steps.length) return;
      put(draft.move(script, from, to));
      setSaid(`${titleOf(step, options, made.answers)} is now ${to + 1} of ${script.steps.length}.`);
      toCard(step.id);
    },
    remove: (id) => {
      const at = draft.indexOf(script, id);
      const step = script.steps[at];
      if (!step) return;
      put(draft.remove(script, id));
      notify(`Step ${at + 1}, “${titleOf(step, options, made.answers)}”, is deleted. Undo brings it back.`);
      const next = script.steps[at + 1] ?? script.steps[at - 1];
      if (next) toCard(next.id);
    },
  };
  return { bench, said };
}

/** toCard shows a step's card and gives it the focus, once it is on the page. */
function toCard(id: string) {
  requestAnimationFrame(() => {
    const card = document.getElementById(stepElement(id));
    card?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    card?.querySelector<HTMLElement>(".step-open")?.focus({ preventScroll: true });
  });
}

/** toEditor gives the first field of a step's editor the focus. */
function toEditor(id: string) {
  requestAnimationFrame(() => {
    const card = document.getElementById(stepElement(id));
    card?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    const editor = card?.querySelector<HTMLElement>(".step-editor");
    const find = (what: string) => editor?.querySelector<HTMLElement>(what);
    (find("textarea, input:not([type=radio])") ?? find("select, button"))?.focus();
  });
}
