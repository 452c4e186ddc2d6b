import { type ReactNode, useState } from "react";
import type { Rule, RuleOptions, Rules } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { Toggle } from "../parts/toggle";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { textOf } from "../session/api";
import { useSession } from "../session/session";
import { ago } from "../time/format";
import { useNow } from "../time/ticking";
import { draftOf, ruleAt } from "./draft";
import { RuleMenu } from "./rule-menu";
import { Said } from "./said";
import { actionsWords, conditionsWords, leadOf, runsText } from "./words";

interface Props {
  rule: Rule;
  options: RuleOptions;
  set: (rules: Rules) => void;
  grip: ReactNode;
}

/** RuleLine is one automation in the list: what it says, how often it ran, and its switch. */
export function RuleLine({ rule, options, set, grip }: Props) {
  const now = useNow(60_000);
  const { busy, flip } = useSwitch(rule, set);
  const id = `rule-${rule.id}`;
  const conditions = conditionsWords(rule, options);
  return (
    <>
      <div className="line-words">
        {grip}
        <div className="rule-words">
          <Link className="rule-name" id={id} href={paths.rule(rule.id)}>
            {rule.name}
          </Link>
          <p className="rule-said">
            {conditions.length > 0 ? (
              <>
                {leadOf(rule.trigger)} <Said words={conditions} />:{" "}
              </>
            ) : (
              "Always: "
            )}
            <Said words={actionsWords(rule, options)} />.
          </p>
          <p className="help">
            {runsText(rule)}
            {rule.last_run_at ? ` · last ${ago(now, rule.last_run_at)}` : ""}
            {!rule.on && " · switched off"}
          </p>
          {rule.problem && (
            <p className="rule-problem">
              <Icon name="alert" size={14} /> <span>{rule.problem}</span>
            </p>
          )}
        </div>
      </div>
      <div className="line-actions rule-actions" aria-busy={busy || undefined}>
        <Toggle on={rule.on} set={flip} labelledBy={id} />
        <RuleMenu rule={rule} set={set} />
      </div>
    </>
  );
}

/** useSwitch switches an automation on and off. */
function useSwitch(rule: Rule, set: (rules: Rules) => void) {
  const { api } = useSession();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const flip = async (on: boolean) => {
    if (busy) return;
    setBusy(true);
    try {
      await api.put(ruleAt(rule.id), { ...draftOf(rule), on });
      set(await api.get<Rules>("/rules"));
      notify(`“${rule.name}” is switched ${on ? "on" : "off"}.`);
    } catch (err) {
      notify(textOf(err), "bad");
    } finally {
      setBusy(false);
    }
  };
  return { busy, flip };
}
