import { useCallback, useEffect, useRef } from "react";
import type { Apps } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { Icon } from "../parts/icon";
import { paths, type Route } from "../router/route";
import { Link } from "../router/router";
import { useMe } from "../session/session";
import { maySee } from "./access";
import { useLoaded } from "./use-loaded";

/** The pages for the whole domain, in their order. */
const ofDomain: { page: Route["page"]; href: string; icon: IconName; text: string }[] = [
  { page: "bots", href: paths.bots, icon: "bot", text: "Bots" },
  { page: "rules", href: paths.rules, icon: "flow", text: "Automations" },
  { page: "queues", href: paths.queues, icon: "queue", text: "Queues" },
  { page: "tags", href: paths.tags, icon: "tag", text: "Tags" },
  { page: "replies", href: paths.replies, icon: "bolt", text: "Saved replies" },
  { page: "fields", href: paths.fields, icon: "fields", text: "Custom issue fields" },
  { page: "team", href: paths.team, icon: "team", text: "Team" },
  { page: "api-keys", href: paths.apiKeys, icon: "key", text: "API keys" },
  { page: "webhooks", href: paths.webhooks, icon: "webhook", text: "Webhooks" },
  { page: "audit", href: paths.audit, icon: "history", text: "Audit log" },
  { page: "jobs", href: paths.jobs, icon: "work", text: "Work given up" },
];

/** The pages of one thing, and the page of all of them. */
const above: Partial<Record<Route["page"], Route["page"]>> = {
  bot: "bots",
  rule: "rules",
  "new-rule": "rules",
  webhook: "webhooks",
  "new-webhook": "webhooks",
  "edit-webhook": "webhooks",
};

/** Nav leads through the settings that the agent may see: those of the app in view, and those of the whole domain. */
export function Nav({ route }: { route: Route }) {
  const { role } = useMe().agent;
  const nav = useRef<HTMLElement>(null);
  const showCurrent = useCallback(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another link to have in sight
  useEffect(showCurrent, [route]);
  return (
    <nav ref={nav} className="settings-nav" aria-label="Settings">
      <p className="settings-nav-title">Settings</p>
      {maySee(role, "apps") && <AppLinks route={route} moved={showCurrent} />}
      {ofDomain
        .filter(({ page }) => maySee(role, page))
        .map(({ page, ...link }) => (
          <NavLink key={page} {...link} current={(above[route.page] ?? route.page) === page} />
        ))}
    </nav>
  );
}

/** AppLinks tells when it has moved the links below it: those of an app come once the app is known. */
function AppLinks({ route, moved }: { route: Route; moved: () => void }) {
  const appId = useShownApp(route);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the app in view brings links of its own
  useEffect(moved, [appId]);
  const at = (page: Route["page"]) => route.page === page;
  return (
    <>
      <NavLink href={paths.apps} icon="chat" text="App settings" current={at("apps") || at("app")} />
      {appId && (
        <div className="settings-sub">
          <NavLink href={paths.webChat(appId)} text="Configure Web Chat" current={at("web-chat")} />
          <NavLink href={paths.identity(appId)} text="User identity verification" current={at("identity")} />
          <NavLink href={paths.hours(appId)} text="Business hours" current={at("hours")} />
          <NavLink href={paths.inApp(appId)} text="In-app" current={at("in-app")} />
          <NavLink href={paths.appBots(appId)} text="Identity Bot and feedback" current={at("app-bots")} />
        </div>
      )}
    </>
  );
}

/** useShownApp is the app in view; where there is only one, it is always in view. */
function useShownApp(route: Route): string {
  const { data } = useLoaded<Apps>("/apps");
  if ("appId" in route) return route.appId;
  return data?.apps.length === 1 ? (data.apps[0]?.id ?? "") : "";
}

function NavLink(props: { href: string; icon?: IconName; text: string; current: boolean }) {
  return (
    <Link className="settings-link" href={props.href} aria-current={props.current ? "page" : undefined}>
      {props.icon && <Icon name={props.icon} />} {props.text}
    </Link>
  );
}
