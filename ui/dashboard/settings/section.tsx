import { type ReactNode, useId } from "react";
import { Toggle } from "../parts/toggle";
import type { Draft, Problem } from "./draft";

export interface SectionProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  problem: Problem | null;
}

interface Props {
  title: string;
  text: ReactNode;
  children?: ReactNode;
  /** Given for a section that is switched on and off as a whole. */
  toggle?: { on: boolean; set: (on: boolean) => void };
}

/** Section is one part of a settings page, with what it is for. */
export function Section({ title, text, children, toggle }: Props) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <div className="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          <p className="help" id={`${id}-help`}>
            {text}
          </p>
        </div>
        {toggle && <Toggle on={toggle.on} set={toggle.set} labelledBy={id} describedBy={`${id}-help`} />}
      </div>
      {children}
    </section>
  );
}
