import { Blank } from "../parts/blank";
import { Heading } from "../parts/heading";
import { Icon, type IconName } from "../parts/icon";
import { paths, type Route } from "../router/route";
import { Link } from "../router/router";
import { isAdministrator, useMe } from "../session/session";
import { AppPage } from "./app-page";
import { AppsPage } from "./apps-page";
import { JobsPage } from "./jobs-page";
import "./settings.css";
import { WebChatPage } from "./web-chat-page";

export function Settings({ route }: { route: Route }) {
  const me = useMe();
  if (!isAdministrator(me)) return <OnlyAdministrators />;
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label="Settings">
        <p className="settings-nav-title">Settings</p>
        <NavLink href={paths.apps} icon="chat" text="App settings" current={route.page !== "jobs"} />
        <NavLink href={paths.jobs} icon="work" text="Work given up" current={route.page === "jobs"} />
      </nav>
      <div className="settings-page">
        <SettingsPage route={route} />
      </div>
    </div>
  );
}

function SettingsPage({ route }: { route: Route }) {
  switch (route.page) {
    case "app":
      return <AppPage key={route.appId} id={route.appId} />;
    case "web-chat":
      return <WebChatPage key={route.appId} id={route.appId} />;
    case "jobs":
      return <JobsPage />;
    default:
      return <AppsPage />;
  }
}

function NavLink(props: { href: string; icon: IconName; text: string; current: boolean }) {
  return (
    <Link className="settings-link" href={props.href} aria-current={props.current ? "page" : undefined}>
      <Icon name={props.icon} /> {props.text}
    </Link>
  );
}

function OnlyAdministrators() {
  const me = useMe();
  const administrators = me.agents.filter((a) => a.role === "administrator").map((a) => a.name);
  return (
    <div className="centered">
      <Heading title="Settings" className="hidden-text">
        Settings
      </Heading>
      <Blank
        icon="lock"
        title="Only administrators change settings"
        action={
          <Link className="button" href={paths.inbox}>
            Go to the inbox
          </Link>
        }
      >
        You are signed in as an agent.
        {administrators.length > 0 && ` Ask ${administrators.slice(0, 3).join(" or ")}.`}
      </Blank>
    </div>
  );
}
