import { isSupervisor, useMe } from "../session/session";
import { Forbidden } from "./forbidden";
import { MailList } from "./mails";
import { Overview } from "./overview";

/** Reports are the pages that supervisors and administrators look at. */
export function Reports({ page }: { page: "reports" | "mails" }) {
  const me = useMe();
  if (!isSupervisor(me)) return <Forbidden />;
  return <div className="reports-page">{page === "reports" ? <Overview /> : <MailList />}</div>;
}
