import { AppBotsPage } from "../bots/app-bots/app-bots-page";
import { BotsPage } from "../bots/bots-page";
import { BuilderPage } from "../bots/builder-page";
import { Blank } from "../parts/blank";
import { Heading } from "../parts/heading";
import { RepliesPage } from "../replies/replies-page";
import { paths, type Route } from "../router/route";
import { Link } from "../router/router";
import { NewRulePage, RulePage } from "../rules/rule-page";
import { RulesPage } from "../rules/rules-page";
import { roleName } from "../session/roles";
import { useMe } from "../session/session";
import { maySee, whoMay } from "./access";
import { ApiPage } from "./api/api-page";
import { AppPage } from "./app-page";
import { AppsPage } from "./apps-page";
import { AuditPage } from "./audit/audit-page";
import { FieldsPage } from "./fields/fields-page";
import { HoursPage } from "./hours/hours-page";
import { IdentityPage } from "./identity/identity-page";
import { JobsPage } from "./jobs-page";
import { Nav } from "./nav";
import { PlatformsPage } from "./platforms/platforms-page";
import { QueuesPage } from "./queues/queues-page";
import "./settings.css";
import { TagsPage } from "./tags/tags-page";
import { TeamPage } from "./team/team-page";
import { WebChatPage } from "./web-chat-page";
import { EditWebhookPage, NewWebhookPage } from "./webhooks/edit-page";
import { WebhookPage } from "./webhooks/webhook-page";
import { WebhooksPage } from "./webhooks/webhooks-page";

export function Settings({ route }: { route: Route }) {
  const me = useMe();
  return (
    <div className="settings">
      <Nav route={route} />
      <div className="settings-page">
        {maySee(me.agent.role, route.page) ? <SettingsPage route={route} /> : <NotForYou route={route} />}
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
    case "identity":
      return <IdentityPage key={route.appId} id={route.appId} />;
    case "hours":
      return <HoursPage key={route.appId} id={route.appId} />;
    case "in-app":
      return <PlatformsPage key={route.appId} id={route.appId} />;
    case "app-bots":
      return <AppBotsPage key={route.appId} id={route.appId} />;
    case "bots":
      return <BotsPage />;
    case "bot":
      return <BuilderPage key={route.botId} id={route.botId} />;
    case "queues":
      return <QueuesPage />;
    case "rules":
      return <RulesPage />;
    case "rule":
      return <RulePage key={route.ruleId} id={route.ruleId} />;
    case "new-rule":
      return <NewRulePage from={route.from} />;
    case "tags":
      return <TagsPage />;
    case "replies":
      return <RepliesPage />;
    case "fields":
      return <FieldsPage />;
    case "team":
      return <TeamPage />;
    case "api-keys":
      return <ApiPage />;
    case "webhooks":
      return <WebhooksPage />;
    case "new-webhook":
      return <NewWebhookPage />;
    case "webhook":
      return <WebhookPage key={route.webhookId} id={route.webhookId} />;
    case "edit-webhook":
      return <EditWebhookPage key={route.webhookId} id={route.webhookId} />;
    case "audit":
      return <AuditPage />;
    case "jobs":
      return <JobsPage />;
    default:
      return <AppsPage />;
  }
}

/** NotForYou says who sees a page that somebody may not see, and whom to ask. */
function NotForYou({ route }: { route: Route }) {
  const me = useMe();
  const administrators = me.agents.filter((a) => a.role === "administrator").map((a) => a.name);
  return (
    <div className="centered">
      <Heading title="Settings" className="hidden-text">
        Settings
      </Heading>
      <Blank
        icon="lock"
        title={`Only ${whoMay(route.page)} see this page`}
        action={
          <Link className="button" href={paths.inbox}>
            Go to the inbox
          </Link>
        }
      >
        Your role is {roleName(me.agent.role).toLowerCase()}.
        {administrators.length > 0 && ` Ask ${administrators.slice(0, 3).join(" or ")}.`}
      </Blank>
    </div>
  );
}
