import type { Report } from "../../shared/agent";
import { Columns } from "../charts/columns";
import { Heat } from "../charts/heat";
import { brief, count, share } from "../charts/scale";
import { Blank } from "../parts/blank";
import { paths } from "../router/route";
import { useLoaded } from "../settings/use-loaded";
import { Failed } from "../shell/failed";
import { AgentTable } from "./agent-table";
import { Card } from "./card";
import { shortDay, wholeDay } from "./days";
import { Frame, type Scope, useScope } from "./frame";
import { Journey } from "./journey";
import { Outcomes } from "./outcomes";
import { apiQuery, zone } from "./period";
import { Ratings } from "./ratings";
import { TimingCard } from "./timing";

/** Overview is the page Reports. */
export function Overview() {
  const scope = useScope();
  return (
    <Frame title="Reports" here={paths.reports}>
      <Loaded key={apiQuery(scope.period, scope.app)} scope={scope} />
    </Frame>
  );
}

function Loaded({ scope }: { scope: Scope }) {
  const { data, error, retry } = useLoaded<Report>(`/reports${apiQuery(scope.period, scope.app)}`);
  if (error) return <Failed text={error} retry={retry} />;
  if (!data) return <Waiting />;
  return <Figures report={data} scope={scope} />;
}

function Waiting() {
  return (
    <div className="report-grid" role="status" aria-label="Loading the report">
      {["a", "b", "c", "d"].map((k) => (
        <span key={k} className="skeleton report-waiting" />
      ))}
    </div>
  );
}

const isEmpty = (r: Report) =>
  r.begun + r.journey.replied + r.resolution.count === 0 &&
  r.days.every((d) => d.mails === 0) &&
  r.agents.every((a) => a.messages === 0);

function Figures({ report, scope }: { report: Report; scope: Scope }) {
  if (isEmpty(report)) {
    return (
      <div className="card">
        <Blank icon="history" title="Nothing happened in this time">
          Conversations, answers and e-mails of the period show here. Choose a longer period to see more.
        </Blank>
      </div>
    );
  }
  return (
    <>
      <Tiles report={report} />
      <div className="report-grid">
        <Card
          title="The way back"
          wide
          scope={scope}
          table="journey"
          text="Answers that waited to be read in this time, and how far each has come."
        >
          <Journey journey={report.journey} />
        </Card>
        <TimingCard
          title="Time to first answer"
          table="response"
          scope={scope}
          timing={report.first_response}
          bounds={report.bounds}
          text="From a conversation’s first message to the first answer of an agent."
          none="No conversation of this time has been answered yet."
        />
        <TimingCard
          title="Time to resolution"
          table="resolution"
          scope={scope}
          timing={report.resolution}
          bounds={report.bounds}
          text="Of conversations resolved in this time, from their first message."
          none="No conversation was resolved in this time."
        />
        <Card
          title="Ratings"
          scope={scope}
          table="ratings"
          text="The newest rating of each conversation rated in this time."
        >
          <Ratings ratings={report.ratings} />
        </Card>
        <Card
          title="Where the e-mails stand"
          scope={scope}
          table="outcomes"
          text="Every answer that waited to be read, with the reason."
        >
          <Outcomes outcomes={report.outcomes} />
        </Card>
        <Card title="Day by day" wide scope={scope} table="days" text={`Days of your time zone, ${zone()}.`}>
          <Columns
            label="Day by day"
            by="Day"
            series={["Conversations begun", "Resolved", "E-mails"]}
            columns={report.days.map((d) => ({
              key: d.day,
              short: shortDay(d.day),
              name: wholeDay(d.day),
              values: [d.begun, d.resolved, d.mails],
            }))}
          />
        </Card>
        <Card
          title="When people write"
          wide
          scope={scope}
          table="volume"
          text="Conversations begun, by weekday and hour. The darker, the more."
        >
          <Heat label="Conversations begun by weekday and hour" values={report.volume} />
        </Card>
        <Card
          title="Agents"
          wide
          scope={scope}
          table="agents"
          text="What each wrote in this time, and what became of it."
        >
          <AgentTable agents={report.agents} />
        </Card>
      </div>
    </>
  );
}

function Tiles({ report }: { report: Report }) {
  const rated = report.ratings.reduce((sum, n) => sum + n, 0);
  const stars = report.ratings.reduce((sum, n, i) => sum + n * (i + 1), 0);
  const mails = report.days.reduce((sum, d) => sum + d.mails, 0);
  const none = "–";
  return (
    <dl className="tiles">
      <Tile
        name="Conversations begun"
        figure={count(report.begun)}
        note={report.unanswered > 0 ? `${count(report.unanswered)} without an answer` : ""}
      />
      <Tile
        name="First answer, median"
        figure={report.first_response.count > 0 ? brief(report.first_response.median) : none}
      />
      <Tile name="Resolved" figure={count(report.resolution.count)} />
      <Tile
        name="E-mails sent"
        figure={count(mails)}
        note={
          report.journey.mailed > 0
            ? `${share(report.journey.returned, report.journey.mailed)} came back`
            : ""
        }
      />
      <Tile
        name="Rating"
        figure={rated > 0 ? (stars / rated).toFixed(1) : none}
        note={rated > 0 ? `of ${count(rated)}` : ""}
      />
    </dl>
  );
}

function Tile({ name, figure, note }: { name: string; figure: string; note?: string }) {
  return (
    <div className="tile">
      <dt>{name}</dt>
      <dd>
        <strong>{figure}</strong> {note && <span className="faint small">{note}</span>}
      </dd>
    </div>
  );
}
