import type { Row } from "../../shared/agent";
import { isOpen, nameOf } from "../inbox/rows";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { Stars } from "../parts/stars";
import { Link } from "../router/router";
import { useShortcuts } from "../shortcuts/shortcuts";
import { IdentityLine } from "../user/identity-mark";
import { PresenceLine } from "../user/presence";
import { AssignMenu, MoreMenu } from "./actions";
import { closingChip } from "./closing";
import { Colleagues } from "./colleagues";
import type { Here } from "./here";
import { QueueMenu } from "./queue-menu";
import { stateWords } from "./state-words";

export type Act = (action: string, body: unknown) => Promise<void>;

interface Props {
  issue: Row;
  back: string;
  here: Here[];
  act: Act;
  openDetails: () => void;
}

export function ThreadHeader({ issue, back, here, act, openDetails }: Props) {
  const name = nameOf(issue);
  const { presence, presence_since } = issue.user;
  const open = isOpen(issue);
  const resolve = () => act("state", { state: "resolved", from: issue.state });
  useShortcuts(
    open ? { e: { label: "Resolve", group: "Conversation", run: () => void resolve() } } : noShortcuts,
  );
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
          {issue.rating ? <Stars rating={issue.rating} /> : null}
        </div>
        <div className="thread-about soft small">
          <ClosingChip issue={issue} />
          <PresenceLine presence={presence} since={presence_since} />
          <IdentityLine user={issue.user} />
        </div>
      </div>
      <div className="thread-actions">
        <Colleagues here={here} />
        <QueueMenu issue={issue} act={act} />
        <AssignMenu issue={issue} act={act} />
        {open && (
          <Button icon="check" className="thread-resolve" aria-label="Resolve" onClick={resolve}>
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

const noShortcuts = {};

function StateChip({ state }: { state: string }) {
  const [text, tone] = stateWords(state);
  return <span className={`chip ${tone}`}>{text}</span>;
}

/** ClosingChip tells how far the end has come. */
function ClosingChip({ issue }: { issue: Row }) {
  const closing = closingChip(issue);
  return closing && <span className={`chip ${closing.tone}`}>{closing.chip}</span>;
}
