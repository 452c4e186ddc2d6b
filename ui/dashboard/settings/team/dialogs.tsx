import { useState } from "react";
import type { Member, SetMember, Team } from "../../../shared/agent";
import { Field } from "../../parts/field";
import { FormDialog } from "../../parts/form-dialog";
import { useSession } from "../../session/session";
import { RoleField } from "./role-field";
import { type Change, useTrying } from "./use-team";
import { isLast, onDeactivate, reactivated } from "./words";

interface Props {
  member: Member;
  team: Team;
  change: Change;
  close: () => void;
}

/** The menu of the member's row: what opened a dialog. */
const menuOf = (m: Member) => document.querySelector<HTMLElement>(`[data-member="${m.id}"] button`);

const pathOf = (m: Member) => `/team/${encodeURIComponent(m.id)}`;

export function EditDialog({ member, team, change, close }: Props) {
  const { api } = useSession();
  const [draft, setDraft] = useState<SetMember>({
    name: member.name,
    nickname: member.nickname ?? "",
    role: member.role,
  });
  const { busy, problem, setProblem, attempt } = useTrying(close);
  const submit = () => {
    if (!draft.name.trim()) return setProblem({ field: "name", text: "Enter a name." });
    const ask = () => api.put<Team>(pathOf(member), draft);
    void attempt(() => change(ask, `${draft.name.trim()} is changed.`));
  };
  const errorAt = (field: string) => (problem?.field === field ? problem.text : "");
  const set = (part: Partial<SetMember>) => setDraft({ ...draft, ...part });
  const locked = isLast(team.members, member)
    ? "The team’s only administrator stays one. Make somebody else an administrator first."
    : undefined;
  return (
    <FormDialog
      open
      title={`Edit ${member.name}`}
      action={busy ? "Saving…" : "Save"}
      busy={busy}
      problem={problem}
      fields={["name", "nickname", "role"]}
      submit={submit}
      close={close}
      back={() => menuOf(member)}
    >
      <Field label="Name" help="Colleagues read it." error={errorAt("name")}>
        {(props) => (
          <input
            {...props}
            autoComplete="off"
            value={draft.name}
            onChange={(e) => set({ name: e.target.value })}
          />
        )}
      </Field>
      <Field
        label="Nickname"
        help="Visitors read it in place of the name. Leave it empty to show the name."
        error={errorAt("nickname")}
      >
        {(props) => (
          <input
            {...props}
            autoComplete="off"
            value={draft.nickname}
            onChange={(e) => set({ nickname: e.target.value })}
          />
        )}
      </Field>
      <RoleField value={draft.role} set={(role) => set({ role })} locked={locked} error={errorAt("role")} />
    </FormDialog>
  );
}

export function DeactivateDialog({ member, change, close }: Props) {
  const [first, ...more] = onDeactivate(member);
  return (
    <Asking
      {...{ member, change, close }}
      title={`Deactivate ${member.name}?`}
      text={
        <ul className="team-what">
          {[first, ...more].map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
      action="Deactivate"
      path="deactivate"
      done={`${member.name} is deactivated.`}
      danger
    />
  );
}

export function ReactivateDialog({ member, change, close }: Props) {
  return (
    <Asking
      {...{ member, change, close }}
      title={`Reactivate ${member.name}?`}
      text={reactivated(member)}
      action="Reactivate"
      path="reactivate"
      done={`${member.name} belongs to the team again.`}
    />
  );
}

export function ResetDialog({ member, change, close }: Props) {
  return (
    <Asking
      {...{ member, change, close }}
      title={`Reset two-factor sign-in of ${member.name}?`}
      text={`Do this when ${member.name} has lost both the authenticator and the recovery codes, and make sure that it is really them who ask. Then the password alone signs them in, until they set it up again.`}
      action="Reset"
      path="reset-two-factor"
      done={`${member.name} signs in with the password alone now.`}
      danger
    />
  );
}

interface AskingProps extends Omit<Props, "team"> {
  title: string;
  text: React.ReactNode;
  action: string;
  path: string;
  done: string;
  danger?: boolean;
}

/** Asking says what will happen, and does it. */
function Asking({ member, change, close, title, text, action, path, done, danger }: AskingProps) {
  const { api } = useSession();
  const { busy, problem, attempt } = useTrying(close);
  const ask = () => api.post<Team>(`${pathOf(member)}/${path}`);
  return (
    <FormDialog
      open
      title={title}
      text={text}
      action={action}
      busy={busy}
      danger={danger}
      problem={problem}
      submit={() => void attempt(() => change(ask, done))}
      close={close}
      back={() => menuOf(member)}
    >
      {null}
    </FormDialog>
  );
}
