import type { App } from "../../shared/agent";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { useMe } from "../session/session";
import { Failed } from "../shell/failed";
import { spoken } from "../time/duration";
import { ago } from "../time/format";
import { useNow } from "../time/ticking";
import { Crumbs } from "./crumbs";
import { EmbedCode } from "./embed-code";
import { PageSkeleton } from "./skeleton";
import { Checklist } from "./start/checklist";
import { NameCard } from "./start/name-card";
import { useLoaded } from "./use-loaded";

export function AppPage({ id }: { id: string }) {
  const { data, setData, error, retry } = useLoaded<App>(`/apps/${encodeURIComponent(id)}`);
  if (error) return <Failed text={error} retry={retry} />;
  if (!data) return <PageSkeleton />;
  return (
    <div className="settings-body">
      <Crumbs
        list={[{ text: "Settings" }, { text: "App settings", href: paths.apps }, { text: data.name }]}
      />
      <Heading title={data.name}>{data.name}</Heading>
      <Checklist app={data} set={setData} />
      {!data.seen_at && <EmbedCode app={data} />}
      <WebChatCard app={data} />
      <IdentityCard app={data} />
      <HoursCard app={data} />
      <InAppCard app={data} />
      {!!data.seen_at && <EmbedCode app={data} />}
      <NameCard app={data} set={setData} />
    </div>
  );
}

function WebChatCard({ app }: { app: App }) {
  const me = useMe();
  const now = useNow(60_000);
  const { follow_up, identity_bot, show_widget } = app.web_chat;
  const facts: [string, string][] = [
    ["Allowed origins", app.allowed_origins.length === 0 ? "None yet" : app.allowed_origins.join(", ")],
    ["Widget", show_widget ? "Shown" : "Switched off"],
    ["Last seen", app.seen_at ? `${ago(now, app.seen_at)} on ${app.seen_url || "your site"}` : "Not yet"],
    ["Identity Bot", identity_bot ? "On" : "Off"],
  ];
  if (me.features.includes("follow-up-email")) {
    facts.push([
      "Follow-up via Email",
      follow_up.enabled ? `On, after ${spoken(follow_up.window)} unread` : "Off",
    ]);
  } else facts.push(["Follow-up via Email", "Not switched on for your domain"]);
  return (
    <section className="card" aria-labelledby="web-chat">
      <div className="card-head">
        <h2 id="web-chat">Web Chat</h2>
        <Link className="button" href={paths.webChat(app.id)} aria-describedby="web-chat">
          <Icon name="settings" /> Configure
        </Link>
      </div>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function IdentityCard({ app }: { app: App }) {
  return (
    <section className="card" aria-labelledby="identity">
      <div className="card-head">
        <div>
          <h2 id="identity">User identity verification</h2>
          <p className="help">
            Your server signs who is logged in, so that nobody can pretend to be somebody else and read their
            conversations.
          </p>
        </div>
        <Link className="button" href={paths.identity(app.id)} aria-describedby="identity">
          <Icon name="shield" /> Set up
        </Link>
      </div>
    </section>
  );
}

function HoursCard({ app }: { app: App }) {
  return (
    <section className="card" aria-labelledby="hours">
      <div className="card-head">
        <div>
          <h2 id="hours">Business hours</h2>
          <p className="help">When your people are there, and what visitors meet at other times.</p>
        </div>
        <Link className="button" href={paths.hours(app.id)} aria-describedby="hours">
          <Icon name="clock" /> Set up
        </Link>
      </div>
    </section>
  );
}

function InAppCard({ app }: { app: App }) {
  return (
    <section className="card" aria-labelledby="in-app">
      <div className="card-head">
        <div>
          <h2 id="in-app">In-app</h2>
          <p className="help">The same chat inside your apps for iPhone, iPad and Android.</p>
        </div>
        <Link className="button" href={paths.inApp(app.id)} aria-describedby="in-app">
          <Icon name="device" /> Set up
        </Link>
      </div>
    </section>
  );
}
