import { DropdownMenu } from "radix-ui";
import type { Step } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Icon, type IconName } from "../../parts/icon";
import { useBench } from "../bench";
import { MOST } from "../draft";

/** StepMenu is what can be done with a step as a whole. */
export function StepMenu({ step, at }: { step: Step; at: number }) {
  const { script, opened, open, move, duplicate, remove } = useBench();
  const count = script.steps.length;
  const isOpen = opened === step.id;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button kind="quiet" size="small" icon="more" aria-label={`Step ${at + 1}: more`} title="More" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(e) => document.activeElement !== document.body && e.preventDefault()}
        >
          <Item
            icon="edit"
            text={isOpen ? "Close" : "Edit"}
            keys="Enter"
            run={() => open(isOpen ? "" : step.id)}
          />
          <Item icon="up" text="Move up" keys="Alt ↑" off={at === 0} run={() => move(at, at - 1)} />
          <Item
            icon="down"
            text="Move down"
            keys="Alt ↓"
            off={at === count - 1}
            run={() => move(at, at + 1)}
          />
          <Item icon="copy" text="Duplicate" off={count >= MOST} run={() => duplicate(step.id)} />
          <DropdownMenu.Separator className="menu-line" />
          <Item icon="trash" text="Delete" keys="Del" bad run={() => remove(step.id)} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  icon: IconName;
  text: string;
  keys?: string;
  off?: boolean;
  bad?: boolean;
  run: () => void;
}

function Item({ icon, text, keys, off, bad, run }: ItemProps) {
  return (
    <DropdownMenu.Item className={bad ? "menu-item bad" : "menu-item"} disabled={off} onSelect={run}>
      <Icon name={icon} /> {text}
      {keys && <kbd className="menu-keys">{keys}</kbd>}
    </DropdownMenu.Item>
  );
}
