import { type ReactNode, useId } from "react";
import { Toggle } from "../parts/toggle";

interface Props {
  title: string;
  text: ReactNode;
  on: boolean;
  set: (on: boolean) => void;
  /** What follows from the choice, if it is worth a word. */
  children?: ReactNode;
}

/** SwitchRow is one thing within a section that is switched on and off. */
export function SwitchRow({ title, text, on, set, children }: Props) {
  const id = useId();
  return (
    <div className="switch-row">
      <div className="card-head">
        <div>
          <h3 id={id}>{title}</h3>
          <p className="help" id={`${id}-help`}>
            {text}
          </p>
        </div>
        <Toggle on={on} set={set} labelledBy={id} describedBy={`${id}-help`} />
      </div>
      {children}
    </div>
  );
}
