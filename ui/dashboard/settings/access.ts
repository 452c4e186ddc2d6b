import { paths, type Route } from "../router/route";

/** The pages of the settings that are not for administrators alone, with the roles that see them besides. */
const open: Record<string, readonly string[] | undefined> = {
  tags: ["supervisor"],
  replies: ["supervisor", "agent"],
};

/** maySee reports whether somebody with the role sees the page of the settings. */
export const maySee = (role: string, page: Route["page"]) =>
  role === "administrator" || (open[page]?.includes(role) ?? false);

/** settingsHome is where the settings begin for the role. */
export function settingsHome(role: string): string {
  if (role === "administrator") return paths.apps;
  return maySee(role, "tags") ? paths.tags : paths.replies;
}

/** whoMay names the roles that see the page: "administrators and supervisors". */
export const whoMay = (page: Route["page"]) =>
  open[page]?.includes("agent")
    ? "members of the team"
    : open[page]?.includes("supervisor")
      ? "administrators and supervisors"
      : "administrators";
