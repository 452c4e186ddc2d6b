import type { BotLine } from "../../../shared/agent";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { Link } from "../../router/router";
import { errorAt } from "../../settings/draft";
import { Section } from "../../settings/section";
import type { PartProps } from "./ask-section";

/** FeedbackSection chooses the bot that asks how it was. */
export function FeedbackSection({ draft, onChange, problem, bots }: PartProps & { bots: BotLine[] }) {
  const chosen = draft.feedback_bot_id;
  const ready = bots.filter((b) => b.kind === "feedback" && b.version > 0 && !b.archived);
  const gone = chosen !== "" && !ready.some((b) => b.id === chosen);
  return (
    <Section
      title="Feedback after resolution"
      text="What comes once a conversation is resolved. A bot of yours can ask in the place of our stars."
    >
      <Field label="Who asks" error={errorAt(problem, "feedback_bot_id")}>
        {(props) => (
          <div className="select-box">
            <select
              {...props}
              className="select"
              value={chosen}
              onChange={(e) => onChange({ ...draft, feedback_bot_id: e.target.value })}
            >
              <option value="">Our stars, where they are switched on</option>
              {gone && (
                <option value={chosen}>
                  {bots.find((b) => b.id === chosen)?.name ?? "A bot that is gone"}
                </option>
              )}
              {ready.map((b) => (
                <option key={b.id} value={b.id}>
                  {b.name}
                </option>
              ))}
            </select>
            <Icon name="down" size={16} />
          </div>
        )}
      </Field>
      {gone && (
        <p className="callout warn">
          This bot cannot be started any more. Until you choose another one, our stars ask.
        </p>
      )}
      <p className="help">
        {ready.length > 0
          ? "Only published feedback bots are offered. "
          : "There is no published feedback bot yet. "}
        <Link href={paths.bots}>{ready.length > 0 ? "All bots" : "Make one"}</Link>
      </p>
    </Section>
  );
}
