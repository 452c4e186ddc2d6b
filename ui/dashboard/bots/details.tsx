import type { Bot } from "../../shared/agent";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { LocalTextField } from "../texts/local-text-field";
import { runningWords } from "./bot-facts";
import { errorIn, loose } from "./problems";
import type { Builder } from "./use-bot";
import { called, capital } from "./words";

/** Details is what a bot is called and where it works. It is folded away once there is a script. */
export function Details({ builder }: { builder: Builder }) {
  const { history, dispatch, bot, saving } = builder;
  const { name, draft } = history.now;
  const wrong = saving.state === "failed" && saving.field === "name" ? saving.text : "";
  const nickname = errorIn(loose(bot.problems, draft.steps), "nickname");
  return (
    <details className="card details" open={wrong || nickname ? true : undefined}>
      <summary>
        <Icon name="right" size={16} className="limits-arrow mirror" />
        <span>
          <strong>Name and use</strong>
          <span className="help"> {useWords(builder)}</span>
        </span>
      </summary>
      <div className="details-body">
        <Field label="Name" help="For your team." error={wrong}>
          {(props) => (
            <input
              {...props}
              maxLength={60}
              autoComplete="off"
              value={name}
              onChange={(e) => dispatch({ type: "edit", to: { name: e.target.value, draft }, about: "name" })}
            />
          )}
        </Field>
        <LocalTextField
          label="What visitors read as its name"
          help="Left empty, its messages come under the app’s name."
          rows={1}
          maxLength={60}
          value={draft.nickname}
          error={nickname}
          onChange={(to) =>
            dispatch({ type: "edit", to: { name, draft: { ...draft, nickname: to } }, about: "nickname" })
          }
        />
        <div>
          <p className="legend">What starts it</p>
          {bot.used_by.length > 0 ? (
            <ul className="used-by">
              {bot.used_by.map((use) => (
                <li key={use}>{use}</li>
              ))}
            </ul>
          ) : (
            <StartHint bot={bot} />
          )}
        </div>
      </div>
    </details>
  );
}

function useWords({ bot }: Builder): string {
  const uses =
    bot.used_by.length > 0 ? `Started by ${called(bot.used_by.slice(0, 2))}` : "Nothing starts it yet";
  const more = bot.used_by.length > 2 ? ` and ${bot.used_by.length - 2} more` : "";
  return uses + more + (bot.running > 0 ? `, ${runningWords(bot.running)}.` : ".");
}

/** StartHint says what can start a bot, and leads there. */
function StartHint({ bot }: { bot: Bot }) {
  if (bot.kind === "feedback")
    return (
      <p className="help">
        Nothing yet. Publish it, and choose it for an app in <Link href={paths.apps}>App settings</Link>,
        Identity Bot and feedback.
      </p>
    );
  const ways = "an automation, another bot, or somebody of your team in a conversation";
  if (bot.version === 0)
    return <p className="help">Nothing yet. Once it is published, {ways} can start it.</p>;
  return (
    <p className="help">
      Nothing by itself yet. {capital(ways)} can start it.{" "}
      <Link href={paths.newRule(bot.id)}>Make an automation that starts it</Link>
    </p>
  );
}
