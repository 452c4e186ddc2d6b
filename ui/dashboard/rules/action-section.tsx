import { Popover } from "radix-ui";
import { useRef, useState } from "react";
import type { Action, RuleOptions } from "../../shared/agent";
import { ActionEditor, KindPicker } from "../conditions/action-editor";
import { actionKinds, newAction } from "../conditions/action-kinds";
import { actionText } from "../conditions/action-words";
import { useKeys } from "../conditions/use-keys";
import { FieldError } from "../parts/field";
import { Icon } from "../parts/icon";
import { Grip, useDragging } from "../settings/dragging";
import { moved } from "../settings/fields/order";
import "../settings/lists.css";
import type { Draft, Problems } from "./draft";

const MAX = 20;
const kinds = Object.keys(actionKinds);

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  options: RuleOptions;
  problems: Problems | null;
}

/** ActionSection says what is done, in order. */
export function ActionSection({ draft: { actions }, change, options, problems }: Props) {
  const [fresh, setFresh] = useState<number | null>(null);
  const keys = useKeys(actions.length);
  const list = useRef<HTMLElement>(null);
  const set = (next: Action[]) => change({ actions: next });
  const move = (from: number, to: number) => {
    keys.move(from, to);
    setFresh(null);
    set(moved(actions, from, to));
  };
  const { line, start } = useDragging(move);
  const remove = (at: number) => {
    keys.drop(at);
    setFresh(null);
    set(actions.filter((_, i) => i !== at));
    requestAnimationFrame(() => {
      const left = list.current?.querySelectorAll<HTMLElement>(".condition-x, .condition-add");
      left?.[Math.min(at, left.length - 1)]?.focus();
    });
  };
  return (
    <section ref={list} className="card" aria-labelledby="rule-then">
      <h2 id="rule-then">Then</h2>
      {actions.length > 0 && (
        <ol className="lines rule-do">
          {actions.map((action, at) => (
            <li key={keys.keys[at]} className="line rule-action" {...line(at)}>
              {actions.length > 1 && (
                <Grip
                  name={actionText(action, options)}
                  at={at}
                  count={actions.length}
                  move={move}
                  start={start}
                />
              )}
              <ActionEditor
                value={action}
                onChange={(next) => set(actions.map((a, i) => (i === at ? next : a)))}
                options={options}
                kinds={kinds}
                error={problems?.actions[at]}
                fresh={at === fresh}
              />
              <button
                type="button"
                className="condition-x"
                aria-label={`Take away: ${actionText(action, options)}`}
                onClick={() => remove(at)}
              >
                <Icon name="x" size={16} />
              </button>
            </li>
          ))}
        </ol>
      )}
      {problems?.nothing && <FieldError text={problems.nothing} />}
      {actions.length < MAX && (
        <AddAction
          text={actions.length > 0 ? "and …" : ""}
          add={(kind) => {
            setFresh(actions.length);
            set([...actions, newAction(kind)]);
          }}
        />
      )}
    </section>
  );
}

function AddAction({ text, add }: { text: string; add: (kind: string) => void }) {
  const [open, setOpen] = useState(false);
  const picked = useRef(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="condition-add rule-add">
        <Icon name="plus" size={15} /> {text || "Add what is to be done"}
        {text && <span className="hidden-text"> add what is to be done</span>}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Add what is to be done"
          onCloseAutoFocus={(e) => {
            if (picked.current) e.preventDefault(); // the focus goes on to what it needs
            picked.current = false;
          }}
        >
          <KindPicker
            kinds={kinds}
            pick={(kind) => {
              picked.current = true;
              setOpen(false);
              add(kind);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
