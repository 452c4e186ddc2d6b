import { useEffect, useRef } from "react";
import type { Apps } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { Icon } from "../parts/icon";
import { paths, type Route } from "../router/route";
import { Link } from "../router/router";
import { useLoaded } from "./use-loaded";

/** Nav leads through the settings: those of the app in view, and those of the whole domain. */
export function Nav({ route }: { route: Route }) {
  const appId = useShownApp(route);
  const at = (page: Route["page"]) => route.page === page;
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another link to have in sight
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [route.page, appId]);
  return (
    <nav ref={nav} className="settings-nav" aria-label="Settings">
      <p className="settings-nav-title">Settings</p>
      <NavLink href={paths.apps} icon="chat" text="App settings" current={at("apps") || at("app")} />
      {appId && (
        <div className="settings-sub">
          <NavLink href={paths.webChat(appId)} text="Configure Web Chat" current={at("web-chat")} />
          <NavLink href={paths.identity(appId)} text="User identity verification" current={at("identity")} />
        </div>
      )}
      <NavLink href={paths.tags} icon="tag" text="Tags" current={at("tags")} />
      <NavLink href={paths.fields} icon="fields" text="Custom issue fields" current={at("fields")} />
      <NavLink href={paths.audit} icon="history" text="Audit log" current={at("audit")} />
      <NavLink href={paths.jobs} icon="work" text="Work given up" current={at("jobs")} />
    </nav>
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
