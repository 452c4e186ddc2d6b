import type { BotProblem, Step } from "../../../shared/agent";
import { ActionEditor } from "../../conditions/action-editor";
import { Button } from "../../parts/button";
import { FieldError } from "../../parts/field";
import { LocalTextField } from "../../texts/local-text-field";
import { useBench } from "../bench";
import { leadsOn } from "../draft";
import { actionsOf } from "../words";
import { EditBranch } from "./edit-branch";
import { EditHandOver } from "./edit-hand-over";
import { EditQuestion } from "./edit-question";
import { EditRequest } from "./edit-request";
import { NextField } from "./target-field";

interface Props {
  step: Step;
  at: number;
  problems: readonly BotProblem[];
}

/** StepEditor is everything that can be changed about a step. */
export function StepEditor({ step, at, problems }: Props) {
  const { open, jump, rest } = useBench();
  const close = () => {
    open("");
    jump(step.id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves the editor, wherever the focus is in it
    <div
      className="step-editor"
      onBlur={(e) => !e.currentTarget.contains(e.relatedTarget) && rest()}
      onKeyDown={(e) => {
        if (e.key !== "Escape" || e.defaultPrevented) return;
        e.stopPropagation();
        close();
      }}
    >
      {problems.map((p) => (
        <FieldError key={p.field + p.text} text={p.text} />
      ))}
      <Parts step={step} at={at} />
      <div className="step-editor-foot">
        {leadsOn(step) && step.kind !== "branch" ? <NextField step={step} at={at} /> : <span />}
        <Button size="small" onClick={close}>
          Done
        </Button>
      </div>
    </div>
  );
}

function Parts({ step, at }: { step: Step; at: number }) {
  switch (step.kind) {
    case "message":
      return <TextField step={step} label="What it says" />;
    case "rating":
      return (
        <TextField
          step={step}
          label="What it says above the stars"
          help="Visitors may leave the stars out."
        />
      );
    case "question":
      return <EditQuestion step={step} />;
    case "branch":
      return <EditBranch step={step} at={at} />;
    case "action":
      return <EditAction step={step} />;
    case "request":
      return <EditRequest step={step} />;
    case "hand_over":
      return <EditHandOver step={step} />;
  }
  return null;
}

/** TextField is what visitors read of a step. */
export function TextField({ step, label, help }: { step: Step; label: string; help?: string }) {
  const { set, placeholders } = useBench();
  return (
    <LocalTextField
      label={label}
      help={help}
      value={step.text ?? { text: "" }}
      onChange={(text) => set(step.id, { text }, "text")}
      placeholders={placeholders}
      maxLength={5000}
    />
  );
}

function EditAction({ step }: { step: Step }) {
  const { set, options, asked, kind } = useBench();
  return (
    <ActionEditor
      value={step.action ?? { kind: "add_tags" }}
      onChange={(action) => set(step.id, { action }, "action")}
      options={options}
      kinds={actionsOf[kind] ?? []}
      placeholders={asked}
    />
  );
}
