import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import type { Rule, Rules } from "../../shared/agent";
import { Confirm } from "../parts/confirm";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { textOf } from "../session/api";
import { useSession } from "../session/session";
import { draftOf, ruleAt } from "./draft";

interface Props {
  rule: Rule;
  /** Takes those that are left when it is deleted. */
  set: (rules: Rules) => void;
  /** It stands on the page of the automation itself. */
  here?: boolean;
}

/** RuleMenu is what else can be done with an automation. */
export function RuleMenu({ rule, set, here }: Props) {
  const { navigate } = useRouter();
  const [asking, setAsking] = useState(false);
  const { duplicate, remove } = useRuleActs(rule, set);
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          className={`button quiet icon-only${here ? "" : " small"}`}
          aria-label={`More about ${rule.name}`}
          title="More"
        >
          <Icon name="more" />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
            {!here && (
              <DropdownMenu.Item className="menu-item" onSelect={() => navigate(paths.rule(rule.id))}>
                <Icon name="edit" size={17} /> Edit
              </DropdownMenu.Item>
            )}
            <DropdownMenu.Item className="menu-item" onSelect={() => void duplicate()}>
              <Icon name="copy" size={17} /> Make a copy
            </DropdownMenu.Item>
            <DropdownMenu.Item className="menu-item bad" onSelect={() => setAsking(true)}>
              <Icon name="trash" size={17} /> Delete…
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <ConfirmDelete
        rule={asking ? rule : null}
        confirm={() => {
          setAsking(false);
          void remove();
        }}
        cancel={() => setAsking(false)}
      />
    </>
  );
}

interface ConfirmProps {
  /** What is to be deleted; nothing is asked without it. */
  rule: Pick<Rule, "name"> | null;
  confirm: () => void;
  cancel: () => void;
}

function ConfirmDelete({ rule, confirm, cancel }: ConfirmProps) {
  return (
    <Confirm
      open={rule !== null}
      title={`Delete “${rule?.name}”?`}
      text="It does nothing from then on. What it has done stays, and so do its lines in the conversations. To stop it for a while, switch it off instead."
      action="Delete"
      danger
      onConfirm={confirm}
      onCancel={cancel}
    />
  );
}

function useRuleActs(rule: Rule, set: (rules: Rules) => void) {
  const { api } = useSession();
  const notify = useNotify();
  const { navigate } = useRouter();
  const duplicate = async () => {
    const name = copyName(rule.name);
    try {
      const copy = await api.post<Rule>("/rules", { ...draftOf(rule), name, on: false });
      notify(`“${name}” is there, switched off.`);
      navigate(paths.rule(copy.id));
    } catch (err) {
      notify(textOf(err), "bad");
    }
  };
  const remove = async () => {
    try {
      set(await api.delete<Rules>(ruleAt(rule.id)));
      notify(`“${rule.name}” is deleted.`);
    } catch (err) {
      notify(textOf(err), "bad");
    }
  };
  return { duplicate, remove };
}

/** copyName is a name of at most 80 characters for the copy of an automation. */
const copyName = (name: string) => `${Array.from(name).slice(0, 70).join("")} (copy)`;
