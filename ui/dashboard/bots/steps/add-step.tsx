import { DropdownMenu } from "radix-ui";
import { Icon } from "../../parts/icon";
import { useBench } from "../bench";
import { MOST } from "../draft";
import { kinds, kindsOf } from "../words";

/** AddStep puts a step between two others. */
export function AddStep({ at }: { at: number }) {
  const { script, kind, insert } = useBench();
  const full = script.steps.length >= MOST;
  const where = at === 0 ? "at the beginning" : `after step ${at}`;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="add-step"
          aria-label={`Add a step ${where}`}
          title={full ? `A bot has at most ${MOST} steps` : "Add a step here"}
          disabled={full}
        >
          <Icon name="plus" size={15} />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu add-menu"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(e) => e.preventDefault()} // the focus goes on into the new step
        >
          {(kindsOf[kind] ?? []).map((k) => (
            <DropdownMenu.Item key={k} className="menu-item" onSelect={() => insert(at, k)}>
              <Icon name={kinds[k].icon} />
              <span>
                {kinds[k].name}
                <span className="help">{kinds[k].about}</span>
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
