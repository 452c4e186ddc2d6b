import type { Bot, BotVersions } from "../../shared/agent";
import { FormDialog } from "../parts/form-dialog";
import { useSession } from "../session/session";
import { useAdding } from "../settings/use-adding";
import { useLoaded } from "../settings/use-loaded";
import { useBench } from "./bench";
import { type Difference, differenceOf, isSame } from "./diff";
import { tidy } from "./tidy";
import type { Builder } from "./use-bot";

/** PublishDialog says what publishing changes, and does it. */
export function PublishDialog({ builder, close }: { builder: Builder; close: () => void }) {
  const { api } = useSession();
  const { bot, history, save, setBot, path } = builder;
  const { busy, problem, add } = useAdding();
  const publish = async () => {
    const published = await add(
      async () => {
        const saved = await save();
        if (!saved) throw new Error("the draft is not saved"); // the page says why
        return api.post<Bot>(`${path}/publish`, { revision: saved.revision });
      },
      `Version ${bot.version + 1} is published.${bot.used_by.length > 0 ? "" : " Nothing starts it yet: see Name and use."}`,
    );
    if (!published) return;
    setBot(published);
    close();
  };
  return (
    <FormDialog
      open
      title={`Publish “${history.now.name.trim()}”`}
      action={`Publish version ${bot.version + 1}`}
      busy={busy}
      problem={problem}
      submit={() => void publish()}
      close={close}
      back={() => document.querySelector<HTMLElement>(".builder-title h1")} // "Published" cannot be pressed
    >
      {bot.version > 0 ? <Changes path={path} builder={builder} /> : <First bot={bot} />}
      {bot.running > 0 && (
        <p className="help">
          {bot.running === 1
            ? "One conversation runs on what was published before, and finishes on it."
            : `${bot.running.toLocaleString()} conversations run on what was published before, and finish on it.`}
        </p>
      )}
    </FormDialog>
  );
}

function First({ bot }: { bot: Bot }) {
  return (
    <p>
      {bot.used_by.length > 0
        ? "From now on it talks with visitors, wherever something starts it."
        : "It can be started from then on: by an automation, by another bot, or by hand in a conversation."}
    </p>
  );
}

function Changes({ path, builder }: { path: string; builder: Builder }) {
  const { options } = useBench();
  const { data, error } = useLoaded<BotVersions>(`${path}/versions`);
  if (error) return <p className="help">{error}</p>;
  const was = data?.versions[0];
  if (!was) return <span className="skeleton changes-skeleton" role="status" aria-label="Loading" />;
  return <ChangeList change={differenceOf(was.script, tidy(builder.history.now.draft), options)} />;
}

/** ChangeList is what is different between two scripts. */
export function ChangeList({ change }: { change: Difference }) {
  if (isSame(change)) return <p>Nothing visitors would notice has changed.</p>;
  const parts: [string, string[]][] = [
    ["New", change.added],
    ["Changed", change.changed],
    ["Gone", change.removed],
  ];
  return (
    <dl className="changes">
      {parts
        .filter(([, list]) => list.length > 0)
        .map(([word, list]) => (
          <div key={word}>
            <dt>{word}</dt>
            <dd>
              <ul>
                {list.map((title, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: two steps may read the same
                  <li key={i} dir="auto">
                    {title}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        ))}
      {change.moved && (
        <div>
          <dt>Order</dt>
          <dd>Steps stand in another order.</dd>
        </div>
      )}
      {change.nickname && (
        <div>
          <dt>Name</dt>
          <dd>Visitors read another name.</dd>
        </div>
      )}
    </dl>
  );
}
