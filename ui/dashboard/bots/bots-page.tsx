import { useRef, useState } from "react";
import type { Bot, BotLine, Bots } from "../../shared/agent";
import { Blank } from "../parts/blank";
import { Button } from "../parts/button";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { ArchiveButton, Archived } from "../settings/archive";
import { Crumbs } from "../settings/crumbs";
import { PageSkeleton } from "../settings/skeleton";
import { useLoaded } from "../settings/use-loaded";
import { Failed } from "../shell/failed";
import { ago } from "../time/format";
import { useNow } from "../time/ticking";
import { BotFace, lineFacts } from "./bot-facts";
import { NewBotDialog } from "./new-bot";
import "../settings/lists.css";
import "./bots.css";

/** BotsPage lists the domain's bots. */
export function BotsPage() {
  const { data, error, retry } = useLoaded<Bots>("/bots");
  const [making, setMaking] = useState<{ from?: BotLine } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const make = (from?: BotLine) => setMaking({ from });
  return (
    <div className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "Bots" }]} />
      <div className="page-head">
        <div className="bots-head">
          <Heading title="Bots">Bots</Heading>
          <p className="soft">
            They ask what has to be asked anyway, look things up and hand over to your team. In web chat and
            in apps alike.
          </p>
        </div>
        {data && (
          <button ref={button} type="button" className="button primary" onClick={() => make()}>
            <Icon name="plus" /> New bot
          </button>
        )}
      </div>
      {error ? (
        <Failed text={error} retry={retry} />
      ) : data ? (
        <List bots={data.bots} changed={retry} make={make} />
      ) : (
        <PageSkeleton />
      )}
      {making && (
        <NewBotDialog
          from={making.from}
          names={data?.bots.map((b) => b.name) ?? []}
          close={() => setMaking(null)}
          back={() => button.current}
        />
      )}
    </div>
  );
}

interface ListProps {
  bots: BotLine[];
  changed: () => void;
  make: (from?: BotLine) => void;
}

function List({ bots, changed, make }: ListProps) {
  const current = bots.filter((b) => !b.archived);
  const archived = bots.filter((b) => b.archived);
  if (bots.length === 0) {
    return (
      <div className="card">
        <Blank
          icon="bot"
          title="No bots yet"
          action={
            <Button kind="primary" icon="plus" onClick={() => make()}>
              Make the first one
            </Button>
          }
        >
          Begin with what your team asks in every second conversation, such as the number of the order.
        </Blank>
      </div>
    );
  }
  const lines = (list: BotLine[]) => (
    <ul className="lines">
      {list.map((bot) => (
        <li key={bot.id} className="line">
          <Line bot={bot} changed={changed} copy={() => make(bot)} />
        </li>
      ))}
    </ul>
  );
  return (
    <section className="card" aria-label="Bots">
      {current.length > 0 ? lines(current) : <p className="soft small">All bots are archived.</p>}
      <Archived count={archived.length}>{lines(archived)}</Archived>
    </section>
  );
}

function Line({ bot, changed, copy }: { bot: BotLine; changed: () => void; copy: () => void }) {
  const now = useNow(60_000);
  return (
    <>
      <div className="bot-line">
        <BotFace kind={bot.kind} />
        <div className="bot-words">
          <p>
            <Link className="bot-name" href={paths.bot(bot.id)}>
              {bot.name}
            </Link>{" "}
            <Version bot={bot} />
          </p>
          <p className="help">
            {lineFacts(bot).join(" · ")}
            {bot.published_at && ` · published ${ago(now, bot.published_at)} by ${bot.published_by}`}
          </p>
        </div>
      </div>
      <div className="line-actions">
        {!bot.archived && (
          <Button size="small" kind="quiet" icon="copy" aria-label={`Copy ${bot.name}`} onClick={copy}>
            Copy
          </Button>
        )}
        <ArchiveButton<Bot>
          path={`/bots/${encodeURIComponent(bot.id)}/archive`}
          name={bot.name}
          archived={bot.archived ?? false}
          done={changed}
        />
      </div>
    </>
  );
}

function Version({ bot }: { bot: BotLine }) {
  if (bot.archived) return <span className="chip">Archived</span>;
  if (bot.version === 0) return <span className="chip warn">Never published</span>;
  return (
    <>
      <span className="chip good">Version {bot.version}</span>{" "}
      {bot.changed && <span className="chip">Draft differs</span>}
    </>
  );
}
