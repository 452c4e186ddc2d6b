import { Fragment } from "react";
import type { Step } from "../../../shared/agent";
import { actionWords } from "../../conditions/action-words";
import { conditionWords, type Word } from "../../conditions/words";
import { Icon } from "../../parts/icon";
import { translatedInto } from "../../texts/local-text";
import { languageName } from "../../time/format";
import { useBench } from "../bench";
import { called, capital, inputs, takesOver } from "../words";
import { Jump } from "./jump";

/** Summary says what a step does, as a line of the script. */
export function Summary({ step, at }: { step: Step; at: number }) {
  switch (step.kind) {
    case "message":
      return <Said step={step} />;
    case "question":
      return <Asked step={step} />;
    case "rating":
      return (
        <>
          <Said step={step} />
          <p className="step-facts">One to five stars, or nothing · kept as the rating of the conversation</p>
        </>
      );
    case "branch":
      return <Ways step={step} at={at} />;
    case "action":
      return <Done step={step} />;
    case "request":
      return <Called step={step} />;
    case "hand_over":
      return <Over step={step} />;
  }
  return null;
}

function Said({ step }: { step: Step }) {
  const { text = { text: "" } } = step;
  const codes = translatedInto(text);
  if (!text.text.trim()) return <p className="step-empty">Nothing is said yet</p>;
  return (
    <>
      <p className="step-bubble" dir="auto">
        {text.text}
      </p>
      {codes.length > 0 && <p className="step-facts">Also in {called(codes.map(languageName))}</p>}
    </>
  );
}

function Asked({ step }: { step: Step }) {
  const { options } = useBench();
  const choices = step.input === "choice" ? (step.options ?? []) : [];
  const facts = [inputs[step.input ?? "text"]?.name ?? step.input, step.name && `kept as ${step.name}`];
  if (step.skip) facts.push("may be left out");
  if (step.save_to) facts.push(`becomes ${savedTo(step.save_to, options.fields)}`);
  return (
    <>
      <Said step={step} />
      {choices.length > 0 && (
        <ul className="step-options">
          {choices.map((o) => (
            <li key={o.id}>
              <span className="step-option" dir="auto">
                {o.text.text || "…"}
              </span>
              {o.next && <Jump to={o.next} />}
            </li>
          ))}
        </ul>
      )}
      <p className="step-facts">{facts.filter(Boolean).join(" · ")}</p>
    </>
  );
}

function savedTo(to: string, fields: readonly { key: string; label: string }[]): string {
  if (to === "name") return "the visitor’s name";
  if (to === "email") return "the visitor’s e-mail address";
  const key = to.replace(/^field:/, "");
  return `the field ${fields.find((f) => f.key === key)?.label ?? key}`;
}

/** Words is a sentence in which what was chosen stands out. */
function Words({ list }: { list: readonly Word[] }) {
  return list.map((w, i) => {
    const Tag = w.chosen ? "strong" : Fragment;
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence
    return <Tag key={i}>{w.text}</Tag>;
  });
}

function Ways({ step, at }: { step: Step; at: number }) {
  const { options, answers, flow } = useBench();
  const exits = flow.exits[at] ?? [];
  return (
    <ul className="step-ways">
      {(step.ways ?? []).map((way, n) => {
        const exit = exits.find((e) => e.via === `way:${n}`);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: ways have no names
          <li key={n}>
            <p>
              {way.all.length === 0 && <span className="step-empty">If … no condition yet</span>}
              {way.all.map((c, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names
                <span key={i}>
                  {i === 0 ? "If " : " and "}
                  <Words list={conditionWords(c, options, answers)} />
                </span>
              ))}
            </p>
            {exit && <Jump to={exit.to} />}
          </li>
        );
      })}
    </ul>
  );
}

function Done({ step }: { step: Step }) {
  const { options } = useBench();
  if (!step.action) return null;
  const [first, ...rest] = actionWords(step.action, options);
  return (
    <p className="step-does">
      <Words list={[{ ...first, text: capital(first?.text ?? "") }, ...rest]} />
    </p>
  );
}

function Called({ step }: { step: Step }) {
  const { method = "GET", url = "", sample } = step.request ?? {};
  return (
    <>
      <p className="step-call" dir="ltr">
        <span className="key">{method}</span> {url || <span className="step-empty">no address yet</span>}
      </p>
      <p className="step-facts">
        {[step.name && `kept as ${step.name}`, !sample && "never tested"].filter(Boolean).join(" · ")}
      </p>
      <p className="step-fails">
        If it fails {step.failed ? <Jump to={step.failed} /> : <span className="jump">people take over</span>}
      </p>
    </>
  );
}

function Over({ step }: { step: Step }) {
  const { options } = useBench();
  return (
    <p className="step-does">
      <Icon name={step.bot_id ? "bot" : "team"} size={16} /> <strong>{takesOver(step, options)}</strong>
    </p>
  );
}
