import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from "react";
import type { Option, Step } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { moved } from "../../settings/fields/order";
import { LanguageTabs } from "../../texts/language-tabs";
import { directionOf, tagOf } from "../../texts/languages";
import { textIn, translatedInto, withoutLanguage, withText } from "../../texts/local-text";
import { useBench } from "../bench";
import { newOption } from "../draft";
import { TargetField } from "./target-field";

const most = 20;

/** OptionsEditor edits the choices of a question: Enter adds one, and several lines that are pasted become several. */
export function OptionsEditor({ step }: { step: Step }) {
  const { set, script } = useBench();
  const options = step.options ?? [];
  const [chosen, setChosen] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const codes = [...new Set(options.flatMap((o) => translatedInto(o.text)))];
  const language = codes.includes(chosen) ? chosen : "";
  const put = (next: Option[], field?: string) => set(step.id, { options: next }, field);
  const all = (to: (o: Option) => Option["text"]) => put(options.map((o) => ({ ...o, text: to(o) })));
  const focus = (at: number) =>
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLInputElement>(".option-text")[at]?.focus(),
    );
  const write = (at: number, text: string) =>
    put(
      options.map((o, i) => (i === at ? { ...o, text: withText(o.text, language, text) } : o)),
      `option ${options[at]?.id} ${language}`,
    );
  const addAt = (at: number, texts = [""]) => {
    const next = [...options];
    for (const [i, text] of texts.slice(0, most - options.length).entries()) {
      next.splice(at + i, 0, { ...newOption(next), text: { text } });
    }
    put(next);
    focus(Math.min(at + texts.length, next.length) - 1);
  };
  const remove = (at: number) => {
    put(options.filter((_, i) => i !== at));
    focus(Math.max(0, at - 1));
  };
  const press = (e: KeyboardEvent<HTMLInputElement>, at: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[e.key];
    if (e.key === "Enter" && !e.nativeEvent.isComposing) addAt(at + 1);
    else if (e.key === "Backspace" && e.currentTarget.value === "" && options.length > 1) remove(at);
    else if (by && e.altKey && options[at + by]) {
      put(moved(options, at, at + by));
      focus(at + by);
    } else if (by) focus(at + by);
    else return;
    e.preventDefault();
  };
  const paste = (e: ClipboardEvent, at: number) => {
    const lines = linesOf(e.clipboardData.getData("text"));
    if (lines.length < 2 || language) return;
    e.preventDefault();
    const [first = "", ...rest] = lines;
    const empty = !options[at]?.text.text;
    if (!empty) return addAt(at + 1, lines);
    const next = options.map((o, i) => (i === at ? { ...o, text: { ...o.text, text: first } } : o));
    for (const [i, text] of rest.slice(0, most - next.length).entries()) {
      next.splice(at + 1 + i, 0, { ...newOption(next), text: { text } });
    }
    put(next);
  };
  const brought = script.steps.find((s) => s.request?.list_for === step.id && s.request.list);
  return (
    <fieldset className="field options">
      <div className="options-head">
        <legend className="legend">Choices</legend>
        <LanguageTabs
          label="Choices"
          codes={codes}
          at={language}
          pick={setChosen}
          add={(code) => {
            all((o) => withText(o.text, code, textIn(o.text, code)));
            setChosen(code);
            focus(0);
          }}
          remove={() => {
            all((o) => withoutLanguage(o.text, language));
            setChosen("");
          }}
        />
      </div>
      <ul ref={list} className="option-list">
        {options.map((o, at) => (
          <li key={o.id} className="option">
            <input
              className="input option-text"
              dir={directionOf(language)}
              lang={tagOf(language)}
              aria-label={`Choice ${at + 1}`}
              maxLength={255}
              placeholder={language ? o.text.text : `Choice ${at + 1}`}
              value={textIn(o.text, language)}
              onChange={(e) => write(at, e.target.value)}
              onKeyDown={(e) => press(e, at)}
              onPaste={(e) => paste(e, at)}
            />
            <TargetField
              step={step}
              value={o.next ?? ""}
              lead={(next) => ({ options: options.map((x, i) => (i === at ? { ...x, next } : x)) })}
              empty="As below"
              label={`Choice ${at + 1} leads to`}
              quiet
            />
            <Button
              kind="quiet"
              size="small"
              icon="x"
              aria-label={`Delete choice ${at + 1}`}
              title="Delete"
              onClick={() => remove(at)}
            />
          </li>
        ))}
      </ul>
      {options.length < most && (
        <Button size="small" icon="plus" className="ways-add" onClick={() => addAt(options.length)}>
          Add a choice
        </Button>
      )}
      <p className="help">
        {brought
          ? `What the request ${brought.name} brings is offered besides.`
          : "Enter adds one, Alt ↑ and ↓ move it. Paste a list to add many."}
      </p>
    </fieldset>
  );
}

/** linesOf is a list that was pasted, without bullets and empty lines. */
export const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, "").trim())
    .filter(Boolean);
