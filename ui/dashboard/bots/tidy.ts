import type { Script, Step } from "../../shared/agent";
import { normal } from "../conditions/condition";
import { tidied } from "../texts/local-text";

/** tidy is a script as the server takes it: without what was begun and left empty, and without what another kind of question had. */
export function tidy(script: Script): Script {
  return { nickname: tidied(script.nickname), steps: script.steps.map(tidyStep) };
}

function tidyStep(step: Step): Step {
  const out: Step = { ...step };
  if (step.text) out.text = tidied(step.text);
  if (step.kind === "question") {
    if (step.input !== "choice") delete out.options;
    else out.options = step.options?.map((o) => ({ ...o, text: tidied(o.text) }));
  }
  if (step.ways) out.ways = step.ways.map((w) => ({ ...w, all: w.all.map(normal) }));
  if (step.action?.text) out.action = { ...step.action, text: tidied(step.action.text) };
  if (step.request) {
    const { headers = [], body = [] } = step.request;
    const named = (row: { name: string; value: string }) => row.name.trim() !== "" || row.value.trim() !== "";
    out.request = { ...step.request, headers: headers.filter(named), body: body.filter(named) };
  }
  return out;
}
