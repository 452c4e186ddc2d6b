import { useState } from "react";
import type { App, Apps } from "../../shared/agent";
import { Avatar } from "../parts/avatar";
import { Blank } from "../parts/blank";
import { Button } from "../parts/button";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { Failed } from "../shell/failed";
import { Crumbs } from "./crumbs";
import { PageSkeleton } from "./skeleton";
import { NewApp } from "./start/new-app";
import { useLoaded } from "./use-loaded";

export function AppsPage() {
  const { data, error, retry } = useLoaded<Apps>("/apps");
  const [making, setMaking] = useState(false);
  return (
    <div className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "App settings" }]} />
      <div className="page-head">
        <div>
          <Heading title="App settings">App settings</Heading>
          <p className="soft">Each app has its own look, pages and follow-ups.</p>
        </div>
        {!making && (
          <Button kind="primary" icon="plus" onClick={() => setMaking(true)}>
            New app
          </Button>
        )}
      </div>
      {making && <NewApp cancel={() => setMaking(false)} />}
      {error ? <Failed text={error} retry={retry} /> : data ? <AppList apps={data.apps} /> : <PageSkeleton />}
    </div>
  );
}

function AppList({ apps }: { apps: App[] }) {
  if (apps.length === 0) {
    return (
      <Blank icon="chat" title="No app yet">
        Make the first one, and put its chat on your pages.
      </Blank>
    );
  }
  return (
    <ul className="app-list">
      {apps.map((app) => (
        <li key={app.id}>
          <Link className="card app-link" href={paths.app(app.id)}>
            <Avatar id={app.id} name={app.name} />
            <span className="app-words">
              <strong>{app.name}</strong>
              <span className="soft small">{summary(app)}</span>
            </span>
            <Icon name="right" className="mirror" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function summary(app: App): string {
  const n = app.allowed_origins.length;
  return n === 0
    ? "Web Chat, on no page yet"
    : `Web Chat on ${n === 1 ? app.allowed_origins[0] : `${n} origins`}`;
}
