import type { App } from "../../shared/agent";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { useMe } from "../session/session";
import { Failed } from "../shell/failed";
import { spoken } from "../time/duration";
import { Crumbs } from "./crumbs";
import { EmbedCode } from "./embed-code";
import { PageSkeleton } from "./skeleton";
import { useLoaded } from "./use-loaded";

export function AppPage({ id }: { id: string }) {
  const { data, error, retry } = useLoaded<App>(`/apps/${encodeURIComponent(id)}`);
  if (error) return <Failed text={error} retry={retry} />;
  if (!data) return <PageSkeleton />;
  return (
    <div className="settings-body">
      <Crumbs
        list={[{ text: "Settings" }, { text: "App settings", href: paths.apps }, { text: data.name }]}
      />
      <Heading title={data.name}>{data.name}</Heading>
      <WebChatCard app={data} />
      <IdentityCard app={data} />
      <EmbedCode app={data} />
    </div>
  );
}

function WebChatCard({ app }: { app: App }) {
  const me = useMe();
  const { follow_up, identity_bot } = app.web_chat;
  const facts: [string, string][] = [
    ["Allowed origins", app.allowed_origins.length === 0 ? "None yet" : app.allowed_origins.join(", ")],
    ["Identity Bot", identity_bot ? "On" : "Off"],
  ];
  if (me.features.includes("follow-up-email")) {
    facts.push([
      "Follow-up via Email",
      follow_up.enabled ? `On, after ${spoken(follow_up.window)} unread` : "Off",
    ]);
  }
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
