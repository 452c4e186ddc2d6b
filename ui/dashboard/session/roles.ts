interface RoleWords {
  role: string;
  name: string;
  text: string;
}

/** What each role is called, and what it may do. The roles are those of rejoin.Role, the most powerful first; a test compares. */
export const roles: RoleWords[] = [
  {
    role: "administrator",
    name: "Administrator",
    text: "Everything, with settings, people and the audit log.",
  },
  {
    role: "supervisor",
    name: "Supervisor",
    text: "Answers, sees reports, and keeps what the team shares: tags, saved replies and Smart Views.",
  },
  {
    role: "agent",
    name: "Agent",
    text: "Answers, and keeps saved replies and Smart Views of their own.",
  },
];

/** roleName is "Supervisor" for supervisor. */
export const roleName = (role: string) => roles.find((r) => r.role === role)?.name ?? role;
