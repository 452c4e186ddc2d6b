import { DropdownMenu } from "radix-ui";
import type { Member } from "../../../shared/agent";
import { Avatar } from "../../parts/avatar";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { Link } from "../../router/router";
import { roleName } from "../../session/roles";
import { useMe } from "../../session/session";
import { full } from "../../time/format";
import { useNow } from "../../time/ticking";
import { isLast, openWords, order, seenWords } from "./words";

export type MemberAct = "edit" | "reset" | "deactivate" | "reactivate";

interface Props {
  list: Member[];
  act: (act: MemberAct, member: Member) => void;
}

export function Members({ list, act }: Props) {
  return (
    <section className="card table-box team-table" aria-label="Members">
      <table>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role</th>
            <th scope="col">Sign-in</th>
            <th scope="col">Conversations</th>
            <th scope="col">
              <span className="hidden-text">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {order(list).map((m) => (
            <MemberRow key={m.id} member={m} last={isLast(list, m)} act={(name) => act(name, m)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  member: Member;
  last: boolean;
  act: (act: MemberAct) => void;
}

function MemberRow({ member: m, last, act }: RowProps) {
  const me = useMe();
  const now = useNow(30_000);
  const gone = Boolean(m.deactivated_at);
  return (
    <tr data-gone={gone || undefined} data-member={m.id}>
      <th scope="row">
        <div className="team-who">
          <Avatar id={m.id} name={m.name} available={gone ? undefined : m.available} />
          <div>
            <p className="team-name">
              <strong>{m.name}</strong>
              {m.id === me.agent.id && <span className="chip accent">You</span>}
              {gone ? (
                <span className="chip warn">Deactivated</span>
              ) : (
                !m.available && <span className="chip">Away</span>
              )}
              {!gone && m.available && <span className="hidden-text">Available</span>}
            </p>
            <p className="faint">{m.email}</p>
            {m.nickname && <p className="faint">Visitors read “{m.nickname}”</p>}
          </div>
        </div>
      </th>
      <td>{roleName(m.role)}</td>
      <td>
        <p className="team-mark" data-on={m.two_factor || undefined}>
          <Icon name={m.two_factor ? "shield" : "lock"} size={15} />
          {m.two_factor ? "Password and code" : "Password"}
        </p>
        <p className="faint" title={m.seen_at ? full(m.seen_at) : undefined}>
          {seenWords(now, m)}
        </p>
      </td>
      <td>
        {m.open_issues > 0 ? (
          <Link href={`${paths.inbox}?assignee=${encodeURIComponent(m.id)}`}>{openWords(m.open_issues)}</Link>
        ) : (
          <span className="faint">None open</span>
        )}
      </td>
      <td className="team-menu">
        <MemberMenu member={m} last={last} self={m.id === me.agent.id} act={act} />
      </td>
    </tr>
  );
}

function MemberMenu({ member: m, last, self, act }: RowProps & { self: boolean }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button kind="quiet" size="small" icon="more" aria-label={`Actions for ${m.name}`} title="Actions" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <Item icon="edit" text="Edit…" press={() => act("edit")} />
          {m.two_factor && !self && (
            <Item icon="unverified" text="Reset two-factor sign-in…" press={() => act("reset")} />
          )}
          {m.deactivated_at ? (
            <Item icon="reopen" text="Reactivate…" press={() => act("reactivate")} />
          ) : (
            !self &&
            !last && (
              <>
                <DropdownMenu.Separator className="menu-line" />
                <Item bad icon="ban" text="Deactivate…" press={() => act("deactivate")} />
              </>
            )
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface ItemProps {
  icon: "edit" | "unverified" | "reopen" | "ban";
  text: string;
  bad?: boolean;
  press: () => void;
}

function Item({ icon, text, bad, press }: ItemProps) {
  return (
    <DropdownMenu.Item className={bad ? "menu-item bad" : "menu-item"} onSelect={press}>
      <Icon name={icon} /> {text}
    </DropdownMenu.Item>
  );
}
