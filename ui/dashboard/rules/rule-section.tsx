import type { Rule, RuleOptions, Rules } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { Grip, useDragging } from "../settings/dragging";
import { useOrder } from "../settings/use-order";
import { RuleLine } from "./rule-line";
import { triggerWords } from "./words";

interface Props {
  trigger: string;
  rules: Rule[];
  options: RuleOptions;
  set: (rules: Rules) => void;
}

/** RuleSection is the automations of one trigger in the order in which they are tried: it is changed by dragging, or by keys on the handle. */
export function RuleSection({ trigger, rules, options, set }: Props) {
  const { title, about, icon } = triggerWords(trigger);
  const { shown, move, said } = useOrder<Rule, Rules>(rules, {
    path: "/rules/order",
    nameOf: (rule) => rule.name,
    done: set,
  });
  const { line, start } = useDragging(move);
  const id = `trigger-${trigger}`;
  return (
    <section className="card rules-section" aria-labelledby={id}>
      <div className="rules-section-head">
        <span className="rules-icon">
          <Icon name={icon} />
        </span>
        <div>
          <h2 id={id}>{title}</h2>
          <p className="help">{about}</p>
        </div>
      </div>
      {rules.length === 0 ? (
        <p className="small soft">
          Nothing yet. <Link href={paths.newRule()}>Add one</Link>
        </p>
      ) : (
        <ol className="lines">
          {shown.map((rule, at) => (
            <li key={rule.id} className="line rule-line" data-off={rule.on ? undefined : ""} {...line(at)}>
              <RuleLine
                rule={rule}
                options={options}
                set={set}
                grip={
                  shown.length > 1 && (
                    <Grip name={rule.name} at={at} count={shown.length} move={move} start={start} />
                  )
                }
              />
            </li>
          ))}
        </ol>
      )}
      <p className="hidden-text" role="status">
        {said}
      </p>
    </section>
  );
}
