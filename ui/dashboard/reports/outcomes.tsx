import { useState } from "react";
import type { Outcome } from "../../shared/agent";
import { Bars } from "../charts/bars";
import { count, share } from "../charts/scale";
import { because, states } from "../followup/words";
import { Button } from "../parts/button";
import { paths } from "../router/route";
import { Link, useRouter } from "../router/router";
import { groupOf } from "./groups";
import { withValue } from "./period";

const few = 8;

/** Outcomes shows where follow-ups stand and why, each with a link to the list of them. */
export function Outcomes({ outcomes }: { outcomes: Outcome[] }) {
  const { search } = useRouter();
  const [all, setAll] = useState(false);
  const whole = outcomes.reduce((sum, o) => sum + o.count, 0);
  if (whole === 0) {
    return <p className="soft">No answer has waited to be read while Follow-up via Email was on.</p>;
  }
  return (
    <>
      <Bars
        label="Where the e-mails stand"
        wordy
        head={["State and reason", "Answers", "Share"]}
        bars={outcomes.slice(0, all ? undefined : few).map((o) => ({
          key: `${o.state} ${o.reason}`,
          label: (
            <Link
              href={paths.mails + withValue(withValue(search, "state", groupOf(o.state)), "reason", o.reason)}
            >
              {outcomeWords(o.state, o.reason)}
            </Link>
          ),
          value: o.count,
          figure: count(o.count),
          note: share(o.count, whole),
        }))}
      />
      {outcomes.length > few && !all && (
        <Button kind="quiet" size="small" className="start" onClick={() => setAll(true)}>
          Show all {outcomes.length}
        </Button>
      )}
    </>
  );
}

/** outcomeWords is "E-mail sent: it stayed unread for the whole time". */
export function outcomeWords(state: string, reason: string): string {
  const why = because(reason);
  return (states[state] ?? state) + (why ? `: ${why}` : "");
}
