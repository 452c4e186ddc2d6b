import type { App, AppPlatforms, CustomFields } from "../../../shared/agent";
import { Heading } from "../../parts/heading";
import { paths } from "../../router/route";
import { Failed } from "../../shell/failed";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import { HowTo } from "./how-to";
import { MissingPlatform, PlatformCard } from "./platform-card";
import "./platforms.css";
import { kinds } from "./words";

/** PlatformsPage is "In-app" of one app: how the app is reached besides its pages. */
export function PlatformsPage({ id }: { id: string }) {
  const app = useLoaded<App>(`/apps/${encodeURIComponent(id)}`);
  const path = `/apps/${encodeURIComponent(id)}/platforms`;
  const held = useLoaded<AppPlatforms>(path);
  const fields = useLoaded<CustomFields>("/fields");
  const error = app.error || held.error;
  const retry = () => {
    app.retry();
    held.retry();
  };
  if (error) return <Failed text={error} retry={retry} />;
  if (!app.data || !held.data) return <PageSkeleton />;
  const { platforms } = held.data;
  return (
    <div className="settings-body">
      <Crumbs
        list={[
          { text: "Settings" },
          { text: "App settings", href: paths.apps },
          { text: app.data.name, href: paths.app(id) },
          { text: "In-app" },
        ]}
      />
      <Heading title="In-app">In-app</Heading>
      <p className="soft">
        The same chat inside your apps. Agents, bots, automations and follow-up e-mails treat all
        conversations alike; each tells where it comes from.
      </p>
      {kinds.map(({ kind, name, what }) => {
        const platform = platforms.find((p) => p.kind === kind);
        if (!platform)
          return <MissingPlatform key={kind} path={path} {...{ kind, name, what }} set={held.setData} />;
        return (
          <PlatformCard
            key={kind}
            path={path}
            {...{ name, what, platform }}
            fields={fields.data?.fields ?? null}
            set={held.setData}
          />
        );
      })}
      <HowTo platforms={platforms} />
    </div>
  );
}
