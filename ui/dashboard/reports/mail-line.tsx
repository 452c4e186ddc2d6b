import type { MailRow } from "../../shared/agent";
import { advice } from "../followup/words";
import { Icon, type IconName } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { full, moment } from "../time/format";
import { groupOf } from "./groups";
import { outcomeWords } from "./outcomes";

const icons: Record<string, IconName> = {
  mailed: "mail",
  waiting: "clock",
  skipped: "ban",
  cancelled: "check",
  failed: "alert",
};

/** MailLine says of one answer whether it was mailed, and why, and leads to its conversation. */
export function MailLine({ row, now, app }: { row: MailRow; now: number; app: string }) {
  const f = row.follow_up;
  const group = groupOf(f.state);
  const help = group === "skipped" || group === "failed" ? advice(f.reason) : "";
  const who = row.user_name || f.address || row.user_email || "Visitor";
  const address = f.address || row.user_email;
  return (
    <li className="mail-line">
      <span className="mail-mark" data-group={group}>
        <Icon name={icons[group] ?? "info"} size={16} />
      </span>
      <div className="mail-words">
        <p className="mail-what">{outcomeWords(f.state, f.reason)}.</p>
        {help && <p className="small soft">{help}</p>}
        <p className="small mail-about">
          <Link href={paths.issue(row.issue_id)}>
            #{row.number} {row.title}
          </Link>
          <span className="faint">
            {who}
            {address && address !== who && ` · ${address}`}
            {app && ` · ${app}`}
          </span>
        </p>
        {f.response && group !== "mailed" && (
          <p className="small faint">The mail server said: {f.response}</p>
        )}
        <Steps row={row} />
      </div>
      <time
        className="small faint mail-when"
        dateTime={new Date(row.created_at).toISOString()}
        title={full(row.created_at)}
      >
        {moment(now, row.created_at)}
      </time>
    </li>
  );
}

/** Steps are what became of an e-mail. */
function Steps({ row }: { row: MailRow }) {
  const f = row.follow_up;
  const steps = [
    { at: f.sent_at, text: "Sent" },
    { at: f.opened_at, text: "Link opened" },
    { at: f.returned_at, text: "Came back" },
    { at: f.replied_at, text: "Wrote again" },
  ].filter((s) => s.at);
  if (!f.sent_at || steps.length === 0) return null;
  return (
    <ul className="chips">
      {steps.map(({ at, text }) => (
        <li key={text} className={`chip ${text === "Sent" ? "" : "good"}`} title={full(at ?? 0)}>
          {text}
        </li>
      ))}
    </ul>
  );
}
