import type { KeyboardEvent, MouseEvent } from "react";
import type { Step } from "../../../shared/agent";
import { Icon } from "../../parts/icon";
import { useBench } from "../bench";
import type { Kind } from "../draft";
import { problemsAt } from "../problems";
import { kinds } from "../words";
import { From } from "./jump";
import { StepEditor } from "./step-editor";
import { StepMenu } from "./step-menu";
import { Summary } from "./summary";

interface Props {
  step: Step;
  at: number;
  drag: () => void;
}

/** StepCard is one step: what it does, in words; opened, what can be changed about it. */
export function StepCard({ step, at, drag }: Props) {
  const bench = useBench();
  const { opened, open, current, problems, flow } = bench;
  const isOpen = opened === step.id;
  const wrong = problemsAt(problems, step.id);
  const kind = kinds[step.kind as Kind];
  const toggle = () => open(isOpen ? "" : step.id);
  const clicked = (e: MouseEvent) => {
    if (!(e.target as Element).closest("button, a")) open(step.id);
  };
  return (
    <article
      className="bot-step"
      data-kind={step.kind}
      data-open={isOpen || undefined}
      data-current={current === step.id || undefined}
      data-wrong={wrong.length > 0 || undefined}
    >
      <div className="step-head">
        <Grip step={step} at={at} start={drag} />
        <button
          type="button"
          className="step-open"
          aria-expanded={isOpen}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
          onClick={toggle}
          onKeyDown={(e) => pressed(e, bench, step.id, at)}
        >
          <span className="step-number">{at + 1}</span>
          <Icon name={kind?.icon ?? "info"} size={16} />
          <span className="step-kind">{kind?.name ?? step.kind}</span>
        </button>
        <span className="step-marks">
          {current === step.id && <span className="chip accent">Here</span>}
          {wrong.length > 0 && (
            <span className="chip bad">
              <Icon name="alert" size={12} /> {wrong.length} to correct
            </span>
          )}
          {!flow.reached[at] && <span className="chip warn">Nothing leads here</span>}
        </span>
        <StepMenu step={step} at={at} />
      </div>
      <From at={at} />
      {isOpen ? (
        <StepEditor step={step} at={at} problems={wrong} />
      ) : (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the button above does the same by keys
        // biome-ignore lint/a11y/noStaticElementInteractions: see above
        <div className="step-summary" onClick={clicked}>
          <Summary step={step} at={at} />
        </div>
      )}
    </article>
  );
}

type Hands = Pick<
  ReturnType<typeof useBench>,
  "script" | "jump" | "move" | "remove" | "duplicate" | "open" | "opened"
>;

/** pressed does what the keys of a card stand for. */
function pressed(e: KeyboardEvent, bench: Hands, id: string, at: number) {
  const by = { ArrowUp: -1, ArrowDown: 1 }[e.key];
  if (by && e.altKey) bench.move(at, at + by);
  else if (by && !e.ctrlKey && !e.metaKey) {
    const to = bench.script.steps[at + by];
    if (to) bench.jump(to.id);
  } else if (e.key === "Delete" || e.key === "Backspace") bench.remove(id);
  else if (e.key === "Escape" && bench.opened === id) bench.open("");
  else return;
  e.preventDefault();
}

function Grip({ step, at, start }: { step: Step; at: number; start: () => void }) {
  const { script } = useBench();
  if (script.steps.length < 2) return <span />;
  return (
    <span
      className="grip step-grip"
      draggable
      aria-hidden="true"
      title="Drag to move"
      onDragStart={(e) => {
        e.dataTransfer.effectAllowed = "move";
        e.dataTransfer.setData("text/plain", `${at + 1} ${step.id}`);
        const card = e.currentTarget.closest("article");
        if (card) e.dataTransfer.setDragImage(card, 12, 12);
        start();
      }}
    >
      <span />
    </span>
  );
}
