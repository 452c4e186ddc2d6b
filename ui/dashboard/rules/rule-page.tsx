import { useState } from "react";
import type { Rule, RuleOptions } from "../../shared/agent";
import { Heading } from "../parts/heading";
import { paths } from "../router/route";
import { Link, useRouter } from "../router/router";
import { type Crumb, Crumbs } from "../settings/crumbs";
import { PageSkeleton } from "../settings/skeleton";
import { useLoaded } from "../settings/use-loaded";
import { Failed } from "../shell/failed";
import { draftOf, ruleAt } from "./draft";
import { Gallery } from "./gallery";
import { RuleEditor } from "./rule-editor";
import { RuleMenu } from "./rule-menu";
import "./rules.css";
import { startOf } from "./templates";

const crumbs = (name: string): Crumb[] => [
  { text: "Settings" },
  { text: "Automations", href: paths.rules },
  { text: name },
];

/** RulePage edits one automation. */
export function RulePage({ id }: { id: string }) {
  const { navigate, setGuard } = useRouter();
  const rule = useLoaded<Rule>(ruleAt(id));
  const options = useLoaded<RuleOptions>("/rules/options");
  const failed = rule.error || options.error;
  const retry = () => {
    if (rule.error) rule.retry();
    if (options.error) options.retry();
  };
  const leave = () => {
    setGuard(false); // what was changed is gone with it
    navigate(paths.rules);
  };
  if (failed) {
    const back = (
      <Link className="button" href={paths.rules}>
        All automations
      </Link>
    );
    return <Failed text={failed} retry={retry} also={back} />;
  }
  if (!rule.data || !options.data) return <PageSkeleton />;
  return (
    <div className="settings-body wide">
      <Crumbs list={crumbs(rule.data.name)} />
      <div className="page-head">
        <Heading title={rule.data.name}>{rule.data.name}</Heading>
        <RuleMenu rule={rule.data} set={leave} here />
      </div>
      <RuleEditor rule={rule.data} start={draftOf(rule.data)} options={options.data} saved={rule.setData} />
    </div>
  );
}

/** NewRulePage makes an automation: it asks what to begin with, and then is its editor. */
export function NewRulePage({ from = "" }: { from?: string }) {
  const { data, error, retry } = useLoaded<RuleOptions>("/rules/options");
  if (error) return <Failed text={error} retry={retry} />;
  if (!data) return <PageSkeleton />;
  return <NewRule key={from} from={from} options={data} />;
}

function NewRule({ from, options }: { from: string; options: RuleOptions }) {
  const [start] = useState(() => startOf(from, options));
  return (
    <div className={start ? "settings-body wide" : "settings-body"}>
      <Crumbs list={crumbs("New automation")} />
      <Heading title="New automation">New automation</Heading>
      {start ? (
        <RuleEditor start={start} options={options} />
      ) : (
        <>
          <p className="soft">Begin with one that many teams have, and change what you like.</p>
          <Gallery options={options} />
        </>
      )}
    </div>
  );
}
