import { useState } from "react";
import { Button } from "../parts/button";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Crumbs } from "../settings/crumbs";
import { useBench } from "./bench";
import { inOrder } from "./problems";
import { PublishDialog } from "./publish-dialog";
import { savingWords } from "./saving";
import type { Builder } from "./use-bot";
import { VersionsDialog } from "./versions-dialog";

interface Props {
  builder: Builder;
  trying: boolean;
  setTrying: (on: boolean) => void;
}

/** BuilderBar stays in sight: what the bot is called, whether it is saved, and what can be done with the whole of it. */
export function BuilderBar({ builder, trying, setTrying }: Props) {
  const { history, dispatch } = builder;
  const name = history.now.name.trim() || "Bot without a name";
  return (
    <header className="builder-bar">
      <Crumbs list={[{ text: "Settings" }, { text: "Bots", href: paths.bots }, { text: name }]} />
      <div className="builder-head">
        <div className="builder-title">
          <Heading title={name} className="ellipsis">
            {name}
          </Heading>
          <State builder={builder} />
        </div>
        <div className="builder-actions">
          <Button
            kind="quiet"
            icon="undo"
            aria-label="Undo"
            title="Undo (Ctrl Z)"
            disabled={history.past.length === 0}
            onClick={() => dispatch({ type: "undo" })}
          />
          <Button
            kind="quiet"
            className="builder-redo"
            icon="undo"
            aria-label="Redo"
            title="Redo (Ctrl Shift Z)"
            disabled={history.future.length === 0}
            onClick={() => dispatch({ type: "redo" })}
          />
          <Versions builder={builder} />
          <Button
            className="builder-try"
            icon={trying ? "list" : "chat"}
            aria-pressed={trying}
            onClick={() => setTrying(!trying)}
          >
            {trying ? "Steps" : "Try it"}
          </Button>
          <Publish builder={builder} />
        </div>
      </div>
    </header>
  );
}

function State({ builder }: { builder: Builder }) {
  const { bot, saving } = builder;
  return (
    <p className="builder-state small">
      {bot.archived && <span className="chip warn">Archived</span>}
      {bot.version === 0 ? (
        <span className="chip warn">Never published</span>
      ) : (
        <span className="chip good">Version {bot.version}</span>
      )}
      {bot.version > 0 && bot.changed && <span className="chip">Draft differs</span>}
      <span className="faint" role="status" data-state={saving.state}>
        {savingWords(saving)}
      </span>
    </p>
  );
}

function Versions({ builder }: { builder: Builder }) {
  const [open, setOpen] = useState(false);
  if (builder.bot.version === 0) return null;
  return (
    <>
      <Button
        kind="quiet"
        icon="history"
        aria-label="Versions"
        title="Versions"
        onClick={() => setOpen(true)}
      />
      {open && <VersionsDialog builder={builder} close={() => setOpen(false)} />}
    </>
  );
}

/** Publish leads to what has to be corrected first, if there is anything. */
function Publish({ builder }: { builder: Builder }) {
  const { problems, script, jump } = useBench();
  const [open, setOpen] = useState(false);
  const first = inOrder(problems, script.steps)[0];
  const { version, changed, archived } = builder.bot;
  const empty = script.steps.length === 0;
  const same = version > 0 && !changed && builder.saving.state === "saved";
  const press = () => {
    if (!first) return setOpen(true);
    if (first.step_id) jump(first.step_id);
    else document.getElementById("bot-problems")?.focus();
  };
  if (first && !empty) {
    return (
      <Button className="builder-problems" onClick={press}>
        <Icon name="alert" size={16} />{" "}
        {problems.length === 1 ? "1 thing to correct" : `${problems.length} things to correct`}
      </Button>
    );
  }
  return (
    <>
      <Button kind="primary" disabled={same || archived || empty} onClick={press}>
        {same ? "Published" : "Publish…"}
      </Button>
      {open && <PublishDialog builder={builder} close={() => setOpen(false)} />}
    </>
  );
}
