import { useState } from "react";
import type { Bot, RuleOptions } from "../../shared/agent";
import { PageSkeleton } from "../settings/skeleton";
import { useLoaded } from "../settings/use-loaded";
import { Failed } from "../shell/failed";
import { BenchContext } from "./bench";
import { BuilderBar } from "./builder-bar";
import { Details } from "./details";
import { Preview } from "./preview/preview";
import { ProblemList } from "./problem-list";
import { SavingNotice } from "./saving-notice";
import { StepList } from "./steps/step-list";
import { useBench } from "./use-bench";
import { useBot } from "./use-bot";
import { useUndo } from "./use-undo";
import "../settings/lists.css";
import "./bots.css";
import "./builder.css";
import "./editor.css";
import "./steps.css";

/** BuilderPage is one bot: what it does, step by step, and a conversation to try it in. */
export function BuilderPage({ id }: { id: string }) {
  const bot = useLoaded<Bot>(`/bots/${encodeURIComponent(id)}`);
  const options = useLoaded<RuleOptions>("/rules/options");
  const error = bot.error || options.error;
  const retry = () => {
    bot.retry();
    options.retry();
  };
  if (error) return <Failed text={error} retry={retry} />;
  if (!bot.data || !options.data) return <PageSkeleton />;
  return <Builder first={bot.data} options={options.data} />;
}

function Builder({ first, options }: { first: Bot; options: RuleOptions }) {
  const builder = useBot(first);
  const [current, setCurrent] = useState("");
  const [trying, setTrying] = useState(false);
  const { bench, said } = useBench(builder, options, current);
  useUndo(builder.dispatch);
  const { script } = bench;
  const show = (id: string) => {
    setTrying(false); // where there is room for one of both
    bench.jump(id);
  };
  return (
    <BenchContext value={bench}>
      <div className="builder" data-trying={trying || undefined}>
        <BuilderBar builder={builder} trying={trying} setTrying={setTrying} />
        <div className="builder-body">
          <div className="builder-script">
            <SavingNotice builder={builder} />
            <Details builder={builder} />
            <ProblemList />
            <StepList />
            <p className="hidden-text" role="status">
              {said}
            </p>
          </div>
          <aside className="builder-preview" aria-label="Try it">
            <Preview path={builder.path} script={script} setCurrent={setCurrent} jump={show} />
          </aside>
        </div>
      </div>
    </BenchContext>
  );
}
