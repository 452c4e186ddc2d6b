import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { LocalTextField } from "../texts/local-text-field";
import { runningWords } from "./bot-facts";
import { errorIn, loose } from "./problems";
import type { Builder } from "./use-bot";
import { called } from "./words";

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
            <p className="help">{startHint(bot.kind)}</p>
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

const startHint = (kind: string) =>
  kind === "feedback"
    ? "Nothing yet. Choose it for an app in App settings, Identity Bot and feedback."
    : "Nothing by itself yet. An automation, another bot, or somebody of your team in a conversation can start it once it is published.";
