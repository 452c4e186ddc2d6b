import type { Row } from "../../shared/agent";
import { isOpen, nameOf } from "../inbox/rows";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { Stars } from "../parts/stars";
import { Link } from "../router/router";
import { IdentityLine } from "../user/identity-mark";
import { PresenceLine } from "../user/presence";
import { AssignMenu, MoreMenu } from "./actions";
import { closingChip } from "./closing";

export type Act = (action: string, body: unknown) => Promise<void>;

interface Props {
  issue: Row;
  back: string;
  act: Act;
  openDetails: () => void;
}

export function ThreadHeader({ issue, back, act, openDetails }: Props) {
  const name = nameOf(issue);
  const { presence, presence_since } = issue.user;
  return (
    <header className="thread-head">
      <Link className="button quiet icon-only thread-back" href={back} aria-label="Back to the inbox">
        <Icon name="back" size={20} className="mirror" />
      </Link>
      <span className="thread-avatar">
        <Avatar id={issue.user.id} name={issue.user.name} />
      </span>
      <div className="thread-who">
        <div className="thread-name">
          <Heading title={`${name}, conversation ${issue.number}`} className="ellipsis">
            {name}
          </Heading>
          <span className="thread-number faint small">#{issue.number}</span>
          <StateChip state={issue.state} />
          <ClosingChips issue={issue} />
        </div>
        <div className="thread-about soft small">
          <PresenceLine presence={presence} since={presence_since} />
          <IdentityLine user={issue.user} />
        </div>
      </div>
      <div className="thread-actions">
        <AssignMenu issue={issue} act={act} />
        {isOpen(issue) && (
          <Button
            icon="check"
            className="thread-resolve"
            aria-label="Resolve"
            onClick={() => act("state", { state: "resolved" })}
          >
            <span>Resolve</span>
          </Button>
        )}
        <Button
          kind="quiet"
          icon="details"
          className="thread-details"
          aria-label="About the visitor"
          title="About the visitor"
          onClick={openDetails}
        />
        <MoreMenu issue={issue} act={act} />
      </div>
    </header>
  );
}

const chips: Record<string, [text: string, tone: string]> = {
  new: ["New", "accent"],
  "new-for-agent": ["New for agent", "accent"],
  "agent-replied": ["Answered", ""],
  "waiting-for-agent": ["Waiting for us", "warn"],
  resolved: ["Resolved", "good"],
  rejected: ["Rejected", ""],
};

function StateChip({ state }: { state: string }) {
  const [text, tone] = chips[state] ?? [state, ""];
  return <span className={`chip ${tone}`}>{text}</span>;
}

/** ClosingChips tells how far the end has come, and the rating once there is one. */
function ClosingChips({ issue }: { issue: Row }) {
  const closing = closingChip(issue);
  return (
    <>
      {closing && <span className={`chip ${closing.tone}`}>{closing.chip}</span>}
      {issue.rating ? <Stars rating={issue.rating} /> : null}
    </>
  );
}
