import { createContext, useContext } from "react";
import type { BotProblem, RuleOptions, Script, Step } from "../../shared/agent";
import type { Answer } from "../conditions/answers";
import type { Placeholder } from "../texts/placeholders";
import type { Kind } from "./draft";
import type { Flow } from "./flow";

/** Bench is what the cards of a builder work with. */
export interface Bench {
  /** Address of the bot in the API. */
  path: string;
  kind: string;
  script: Script;
  options: RuleOptions;
  flow: Flow;
  /** What is to be corrected. A step that was just put there is left in peace. */
  problems: readonly BotProblem[];
  /** Ends the peace: somebody goes on elsewhere. */
  rest: () => void;
  answers: readonly Answer[];
  /** What texts can name of the answers, and everything that they can name. */
  asked: readonly Placeholder[];
  placeholders: readonly Placeholder[];
  /** The step whose editor is open, or "". */
  opened: string;
  open: (id: string) => void;
  /** The step at which the pretended conversation stands, or "". */
  current: string;
  /** Sets something of a step. What is typed into one field is taken back at once. */
  set: (id: string, to: Partial<Step>, field?: string) => void;
  /** Sets the whole script. */
  put: (script: Script) => void;
  /** Shows a step and gives it the focus. */
  jump: (id: string) => void;
  insert: (at: number, kind: Kind) => void;
  move: (from: number, to: number) => void;
  duplicate: (id: string) => void;
  remove: (id: string) => void;
}

export const BenchContext = createContext<Bench | null>(null);

export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (!bench) throw new Error("useBench needs a BenchContext");
  return bench;
}

/** stepElement is the id of a step's card on the page. */
export const stepElement = (id: string) => `step-${id}`;
