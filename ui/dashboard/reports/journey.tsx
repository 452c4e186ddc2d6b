import type { Journey as Counts } from "../../shared/agent";
import { Bars } from "../charts/bars";
import { count, share } from "../charts/scale";

const steps: { key: keyof Counts; before?: keyof Counts; name: string; text: string }[] = [
  { key: "replied", name: "Answered by you", text: "and waiting to be read" },
  { key: "unread", before: "replied", name: "Left unread", text: "when the time ended" },
  { key: "mailed", before: "unread", name: "Mailed", text: "or perhaps mailed" },
  { key: "opened", before: "mailed", name: "Opened", text: "the e-mail’s link" },
  { key: "returned", before: "opened", name: "Came back", text: "to the conversation" },
  { key: "answered", before: "returned", name: "Wrote again", text: "after the e-mail" },
  { key: "resolved", before: "answered", name: "Resolved", text: "by now" },
];

/** Journey is the way from an answer to a resolved conversation, as a funnel: each step is a part of the one before. */
export function Journey({ journey }: { journey: Counts }) {
  return (
    <Bars
      label="The way back"
      head={["Step", "Answers", "Of the step before"]}
      full={journey.replied}
      bars={steps.map(({ key, name, text, before }) => ({
        key,
        label: (
          <>
            {name} <span className="faint small">{text}</span>
          </>
        ),
        value: journey[key],
        figure: count(journey[key]),
        note: before ? share(journey[key], journey[before]) : "",
      }))}
    />
  );
}
