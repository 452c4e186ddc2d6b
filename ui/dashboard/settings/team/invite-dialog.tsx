import { useState } from "react";
import type { Team } from "../../../shared/agent";
import { Field } from "../../parts/field";
import { FormDialog } from "../../parts/form-dialog";
import { useSession } from "../../session/session";
import { RoleField } from "./role-field";
import { type Change, useTrying } from "./use-team";
import { inviteProblem } from "./words";

interface Props {
  team: Team;
  change: Change;
  close: () => void;
}

export function InviteDialog({ team, change, close }: Props) {
  const { api } = useSession();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("agent");
  const { busy, problem, setProblem, attempt } = useTrying(close);
  const submit = () => {
    const text = inviteProblem(email, team.members, team.invitations);
    if (text) return setProblem({ field: "email", text });
    const address = email.trim();
    void attempt(() =>
      change(() => api.post<Team>("/invitations", { email: address, role }), `${address} is invited.`),
    );
  };
  return (
    <FormDialog
      open
      title="Invite a colleague"
      text="They get an e-mail with a link to join. It is good for seven days."
      action={busy ? "Inviting…" : "Send the invitation"}
      busy={busy}
      problem={problem}
      fields={["email", "role"]}
      submit={submit}
      close={close}
    >
      <Field label="E-mail" error={problem?.field === "email" ? problem.text : ""}>
        {(props) => (
          <input
            {...props}
            type="email"
            name="email"
            autoComplete="off"
            value={email}
            onChange={(e) => setEmail(e.target.value)}
          />
        )}
      </Field>
      <RoleField value={role} set={setRole} error={problem?.field === "role" ? problem.text : ""} />
    </FormDialog>
  );
}
