import type { DeadJob, DeadJobs } from "../../shared/agent";
import { Blank } from "../parts/blank";
import { Heading } from "../parts/heading";
import { Failed } from "../shell/failed";
import { full } from "../time/format";
import { Moment } from "../time/ticking";
import { Crumbs } from "./crumbs";
import { PageSkeleton } from "./skeleton";
import { useLoaded } from "./use-loaded";

export function JobsPage() {
  const { data, error, retry } = useLoaded<DeadJobs>("/jobs/dead");
  return (
    <div className="settings-body wide">
      <Crumbs list={[{ text: "Settings" }, { text: "Work given up" }]} />
      <Heading title="Work given up">Work given up</Heading>
      <p className="soft">
        Work in the background that failed at every try, for example mail that nobody took.
      </p>
      {error ? <Failed text={error} retry={retry} /> : data ? <Jobs jobs={data.jobs} /> : <PageSkeleton />}
    </div>
  );
}

function Jobs({ jobs }: { jobs: DeadJob[] }) {
  if (jobs.length === 0) {
    return (
      <div className="card">
        <Blank icon="check" title="Nothing was given up">
          All work in the background was done.
        </Blank>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it
    <section className="card table-box jobs-table" tabIndex={0} aria-label="Work given up">
      <table>
        <thead>
          <tr>
            <th scope="col">Work</th>
            <th scope="col">About</th>
            <th scope="col">Tries</th>
            <th scope="col">Why</th>
            <th scope="col">Given up</th>
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <tr key={`${job.kind} ${job.key} ${job.died_at}`}>
              <th scope="row">{job.kind}</th>
              <td className="table-key">{job.key}</td>
              <td className="table-number">{job.attempt}</td>
              <td>{job.error}</td>
              <td title={full(job.died_at)}>
                <Moment at={job.died_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
