import type { BotProblem, Step } from "../../shared/agent";

/** problemsAt are those of one step. */
export const problemsAt = (problems: readonly BotProblem[], id: string) =>
  problems.filter((p) => p.step_id === id);

/** errorIn is what is wrong with a field of a step, or "". A field of a list is named with its place: options.0.text. */
export function errorIn(problems: readonly BotProblem[], ...fields: string[]): string {
  return problems.find((p) => fields.includes(p.field ?? ""))?.text ?? "";
}

/** loose are the problems that no step in sight can show. */
export const loose = (problems: readonly BotProblem[], steps: readonly Step[]) =>
  problems.filter((p) => !p.step_id || !steps.some((s) => s.id === p.step_id));

/** inOrder are the problems by the steps' places, those about the whole first. */
export function inOrder(problems: readonly BotProblem[], steps: readonly Step[]): BotProblem[] {
  const at = (p: BotProblem) => steps.findIndex((s) => s.id === p.step_id);
  return [...problems].sort((a, b) => at(a) - at(b));
}
