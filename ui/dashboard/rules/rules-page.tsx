import type { RuleOptions, Rules } from "../../shared/agent";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { Crumbs } from "../settings/crumbs";
import "../settings/lists.css";
import { PageSkeleton } from "../settings/skeleton";
import { useLoaded } from "../settings/use-loaded";
import { Failed } from "../shell/failed";
import { Gallery } from "./gallery";
import { HowTheyRun } from "./how-they-run";
import { RuleSection } from "./rule-section";
import "./rules.css";
import { triggers } from "./words";

/** RulesPage is all automations of the domain, by when they are tried. */
export function RulesPage() {
  const rules = useLoaded<Rules>("/rules");
  const options = useLoaded<RuleOptions>("/rules/options");
  const failed = rules.error || options.error;
  const retry = () => {
    if (rules.error) rules.retry();
    if (options.error) options.retry();
  };
  return (
    <div className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "Automations" }]} />
      <div className="page-head">
        <div className="rules-head">
          <Heading title="Automations">Automations</Heading>
          <p className="soft">
            What is done without you: on every platform, by day and by night, each with its reason in the
            conversation.
          </p>
        </div>
        {rules.data && rules.data.rules.length > 0 && (
          <Link className="button primary" href={paths.newRule()}>
            <Icon name="plus" /> New automation
          </Link>
        )}
      </div>
      {failed ? (
        <Failed text={failed} retry={retry} />
      ) : rules.data && options.data ? (
        <Body rules={rules.data} options={options.data} set={rules.setData} />
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

interface BodyProps {
  rules: Rules;
  options: RuleOptions;
  set: (rules: Rules) => void;
}

function Body({ rules: { rules }, options, set }: BodyProps) {
  if (rules.length === 0) {
    return (
      <>
        <p className="callout">
          <Icon name="info" />
          <span>
            There are no automations yet. Begin with one that many teams have, and change what you like.
          </span>
        </p>
        <Gallery options={options} />
      </>
    );
  }
  return (
    <>
      {Object.keys(triggers).map((trigger) => (
        <RuleSection
          key={trigger}
          trigger={trigger}
          rules={rules.filter((r) => r.trigger === trigger)}
          options={options}
          set={set}
        />
      ))}
      <HowTheyRun />
    </>
  );
}
