import { Dialog } from "radix-ui";
import { Fragment } from "react";
import { Button } from "../parts/button";
import { Toggle } from "../parts/toggle";
import { keyName, type Line, listOf, type Shortcuts } from "./keys";
import "./shortcuts.css";

interface Props {
  /** The shortcuts of the page from which the list was opened; null while it is closed. */
  maps: Shortcuts[] | null;
  on: boolean;
  setOn: (on: boolean) => void;
  close: () => void;
}

/** ShortcutList tells what can be pressed here, and switches it off for whom single keys are in the way (WCAG 2.1.4). */
export function ShortcutList({ maps, on, setOn, close }: Props) {
  return (
    <Dialog.Root open={maps !== null} onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog shortcuts" aria-describedby={undefined}>
          <div className="shortcuts-head">
            <Dialog.Title asChild>
              <h2>Keyboard shortcuts</h2>
            </Dialog.Title>
            <Dialog.Close asChild>
              <Button kind="quiet" icon="x" aria-label="Close" />
            </Dialog.Close>
          </div>
          <div className="shortcuts-switch">
            <div>
              <p id="shortcuts-on">Use shortcuts in this browser</p>
              <p className="faint small" id="shortcuts-why">
                They rest while you type. Switch them off if single keys are in your way.
              </p>
            </div>
            <Toggle on={on} set={setOn} labelledBy="shortcuts-on" describedBy="shortcuts-why" />
          </div>
          <div className="shortcuts-groups" data-off={on ? undefined : ""}>
            {listOf(maps ?? []).map(({ group, lines }) => (
              <section key={group} className="shortcuts-group">
                <h3>{group}</h3>
                <dl>
                  {lines.map((line) => (
                    <div key={line.label} className="shortcuts-line">
                      <dt>{line.label}</dt>
                      <dd>
                        <Keys line={line} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Keys({ line }: { line: Line }) {
  return line.keys.map((keys, i) => (
    <Fragment key={keys.join(" ")}>
      {i > 0 && <span className="faint"> or </span>}
      {keys.map((key, n) => (
        <Fragment key={key}>
          {n > 0 && <span className="faint"> then </span>}
          <kbd>{keyName(key)}</kbd>
        </Fragment>
      ))}
    </Fragment>
  ));
}
