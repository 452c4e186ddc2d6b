import type { TriedCondition } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { moment } from "../time/format";
import type { Subject } from "./kinds";

interface Props {
  result: TriedCondition;
  subject: Subject;
}

/** Found says whether a condition holds in the conversation in which it was tried, and what is there. */
export function Found({ result, subject }: Props) {
  const { holds, found, at } = result;
  const known = subject.choices?.find((c) => c.value === found)?.label ?? found;
  const due = !holds && at ? `, so it is at ${moment(Date.now(), at)}` : "";
  return (
    <p className="condition-found">
      <Icon name={holds ? "check" : "x"} size={14} />
      <span>
        <span className="hidden-text">{holds ? "It is so. " : "It is not so. "}</span>
        Found there: <bdi>{known}</bdi>
        {due}
      </span>
    </p>
  );
}
