import type { AgentReport } from "../../shared/agent";
import { brief, count } from "../charts/scale";
import { Avatar } from "../parts/avatar";

const average = (ratings: number[]) => {
  const all = ratings.reduce((sum, n) => sum + n, 0);
  return all === 0
    ? "–"
    : `${(ratings.reduce((sum, n, i) => sum + n * (i + 1), 0) / all).toFixed(1)} (${count(all)})`;
};

/** AgentTable is what each agent did; those who did nothing come last. */
export function AgentTable({ agents }: { agents: AgentReport[] }) {
  const list = [...agents].sort(
    (a, b) => b.messages + b.resolved - (a.messages + a.resolved) || a.name.localeCompare(b.name),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it
    <section className="agent-table" tabIndex={0} aria-label="Figures: agents">
      <table>
        <thead>
          <tr>
            <th scope="col">Agent</th>
            <th scope="col">Messages</th>
            <th scope="col">Conversations</th>
            <th scope="col">First answers</th>
            <th scope="col">First answer, median</th>
            <th scope="col">Resolved</th>
            <th scope="col">Rating</th>
          </tr>
        </thead>
        <tbody>
          {list.map((a) => (
            <tr key={a.id}>
              <th scope="row">
                <span className="agent-name">
                  <Avatar id={a.id} name={a.name} small /> {a.name}
                </span>
              </th>
              <td>{count(a.messages)}</td>
              <td>{count(a.conversations)}</td>
              <td>{count(a.first_response.count)}</td>
              <td>{a.first_response.count > 0 ? brief(a.first_response.median) : "–"}</td>
              <td>{count(a.resolved)}</td>
              <td>{average(a.ratings)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
