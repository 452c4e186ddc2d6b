import type { Previous, Previouses } from "../../shared/agent";
import { Stars } from "../parts/stars";
import { paths } from "../router/route";
import { Link, useRouter } from "../router/router";
import { useLoaded } from "../settings/use-loaded";
import { stateWords } from "../thread/state-words";
import { full, short } from "../time/format";
import { useNow } from "../time/ticking";
import { Group } from "./facts";

/** PreviousIssues are the visitor's other conversations, which one press opens. */
export function PreviousIssues({ issueId }: { issueId: string }) {
  const { data, error, retry } = useLoaded<Previouses>(`/issues/${encodeURIComponent(issueId)}/previous`);
  if (error) {
    return (
      <Group
        title="Other conversations"
        note={
          <p className="small soft">
            {error}{" "}
            <button type="button" className="text-button" onClick={retry}>
              Try again
            </button>
          </p>
        }
      />
    );
  }
  if (!data || data.issues.length === 0) return null;
  return (
    <Group
      title={`Other conversations (${data.issues.length === 50 ? "newest 50" : data.issues.length})`}
      note={
        <ul className="previous">
          {data.issues.map((issue) => (
            <li key={issue.id}>
              <Line issue={issue} />
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Line({ issue }: { issue: Previous }) {
  const now = useNow(60_000);
  const { search } = useRouter();
  const [state, tone] = stateWords(issue.state);
  return (
    <Link href={paths.issue(issue.id) + search}>
      <span className="previous-head">
        <span className="faint">#{issue.number}</span>
        <time
          className="faint"
          dateTime={new Date(issue.created_at).toISOString()}
          title={full(issue.created_at)}
        >
          {short(now, issue.created_at)}
        </time>
        {issue.rating ? <Stars rating={issue.rating} /> : null}
        <span className={`chip ${tone}`}>{state}</span>
      </span>
      <span className="ellipsis" dir="auto">
        {issue.title || issue.preview || "No words"}
      </span>
    </Link>
  );
}
