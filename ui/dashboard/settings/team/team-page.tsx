import { useState } from "react";
import type { Member, Team } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Heading } from "../../parts/heading";
import { Failed } from "../../shell/failed";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import "../lists.css";
import { DeactivateDialog, EditDialog, ReactivateDialog, ResetDialog } from "./dialogs";
import { Invitations } from "./invitations";
import { InviteDialog } from "./invite-dialog";
import { type MemberAct, Members } from "./members";
import "./team.css";
import { type Change, useTeam } from "./use-team";

/** TeamPage is who answers, who is invited, and what each may do. */
export function TeamPage() {
  const { team, error, change, retry } = useTeam();
  const [inviting, setInviting] = useState(false);
  return (
    <div className="settings-body wide">
      <Crumbs list={[{ text: "Settings" }, { text: "Team" }]} />
      <div className="page-head">
        <div>
          <Heading title="Team">Team</Heading>
          <p className="soft">Who answers in this domain, and what each of them may do.</p>
        </div>
        {team && (
          <Button kind="primary" icon="plus" onClick={() => setInviting(true)}>
            Invite a colleague
          </Button>
        )}
      </div>
      {error ? (
        <Failed text={error} retry={retry} />
      ) : team ? (
        <Body team={team} change={change} />
      ) : (
        <PageSkeleton />
      )}
      {team && inviting && <InviteDialog team={team} change={change} close={() => setInviting(false)} />}
    </div>
  );
}

function Body({ team, change }: { team: Team; change: Change }) {
  const [doing, setDoing] = useState<{ act: MemberAct; member: Member } | null>(null);
  const close = () => setDoing(null);
  const dialog = doing && { member: doing.member, team, change, close };
  return (
    <>
      <Invitations list={team.invitations} change={change} />
      <Members list={team.members} act={(act, member) => setDoing({ act, member })} />
      {dialog && doing.act === "edit" && <EditDialog {...dialog} />}
      {dialog && doing.act === "deactivate" && <DeactivateDialog {...dialog} />}
      {dialog && doing.act === "reactivate" && <ReactivateDialog {...dialog} />}
      {dialog && doing.act === "reset" && <ResetDialog {...dialog} />}
    </>
  );
}
