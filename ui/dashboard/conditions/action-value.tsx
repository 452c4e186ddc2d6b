import type { Action, RuleOptions } from "../../shared/agent";
import type { Placeholder } from "../texts/placeholders";
import { ChoiceToken } from "./choice-token";
import { FieldValueEditor } from "./field-value-editor";
import type { Choice } from "./kinds";

export interface PartProps {
  value: Action;
  onChange: (value: Action) => void;
  options: RuleOptions;
  placeholders: readonly Placeholder[];
  fresh: boolean;
}

const named = (list: readonly { id: string; name: string }[]): Choice[] =>
  list.map(({ id, name }) => ({ value: id, label: name }));
const nobody: Choice = { value: "", label: "nobody" };
const noQueue: Choice = { value: "", label: "none" };
const noQueueYet: Choice = { value: "", label: "none: there are no queues yet" };

/** ActionValue is the part of an action that is chosen within its line. */
export function ActionValue(props: PartProps) {
  const { value, onChange, options, fresh } = props;
  switch (value.kind) {
    case "assign":
      return (
        <ChoiceToken
          label="Assignee"
          choices={[nobody, ...named(options.agents)]}
          values={[value.agent_id ?? ""]}
          gone="a colleague who has left"
          onChange={([id = ""]) => onChange({ ...value, agent_id: id })}
          fresh={fresh}
        />
      );
    case "queue":
      return (
        <ChoiceToken
          label="Queue"
          choices={options.queues.length > 0 ? [noQueue, ...named(options.queues)] : [noQueueYet]}
          values={[value.queue_id ?? ""]}
          gone="a queue that is archived"
          onChange={([id = ""]) => onChange({ ...value, queue_id: id })}
          fresh={fresh}
        />
      );
    case "start_bot":
      return (
        <ChoiceToken
          label="Bot"
          choices={named(options.bots)}
          values={value.bot_id ? [value.bot_id] : []}
          gone="a bot that is archived"
          empty="There is no published bot yet. Bots are made in Settings, under Bots."
          onChange={([id]) => onChange({ ...value, bot_id: id })}
          fresh={fresh}
        />
      );
    case "add_tags":
    case "remove_tags":
      return (
        <ChoiceToken
          label="Tags"
          choices={options.tags.map((tag) => ({ value: tag, label: tag }))}
          values={value.tags ?? []}
          several
          joint="and"
          empty="There are no tags yet. They are made in Settings, under Tags."
          onChange={(tags) => onChange({ ...value, tags })}
          fresh={fresh}
        />
      );
    case "set_field":
      return <FieldValueEditor {...props} />;
  }
  return null;
}
