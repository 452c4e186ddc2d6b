import type { App, Verification } from "../../../shared/agent";
import { Heading } from "../../parts/heading";
import { paths } from "../../router/route";
import { Failed } from "../../shell/failed";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import "./identity.css";
import { Required } from "./required";
import { Secrets } from "./secrets";
import { Snippets } from "./snippets";
import { Tester } from "./tester";
import { useChange } from "./use-change";

/** IdentityPage is "User identity verification" of one app. */
export function IdentityPage({ id }: { id: string }) {
  const app = useLoaded<App>(`/apps/${encodeURIComponent(id)}`);
  const path = `/apps/${encodeURIComponent(id)}/identity`;
  const held = useLoaded<Verification>(path);
  const change = useChange(held.setData);
  const error = app.error || held.error;
  const retry = () => {
    app.retry();
    held.retry();
  };
  if (error) return <Failed text={error} retry={retry} />;
  if (!app.data || !held.data) return <PageSkeleton />;
  const { required, secrets } = held.data;
  return (
    <div className="settings-body">
      <Crumbs
        list={[
          { text: "Settings" },
          { text: "App settings", href: paths.apps },
          { text: app.data.name, href: paths.app(id) },
          { text: "User identity verification" },
        ]}
      />
      <Heading title="User identity verification">User identity verification</Heading>
      <p className="soft">
        Your pages tell the chat which customer is logged in. Verification proves that it is true: your server
        signs the customer’s id with a secret that only it and Rejoin know.
      </p>
      <Required path={path} required={required} secrets={secrets.length} change={change} />
      <Secrets path={path} required={required} secrets={secrets} change={change} />
      <Snippets />
      <Tester path={path} />
    </div>
  );
}
