import { Inbox } from "./inbox/inbox";
import { LiveProvider } from "./live/live";
import { NoticeProvider } from "./parts/notices";
import { RouterProvider, useRouter } from "./router/router";
import { SessionProvider, useSession } from "./session/session";
import { SignIn } from "./session/sign-in";
import { Settings } from "./settings/settings";
import { Failed } from "./shell/failed";
import { Missing } from "./shell/missing";
import { Shell } from "./shell/shell";
import { OutboxProvider } from "./thread/outbox-context";
import { UploadsProvider } from "./thread/uploads-context";

export function App() {
  return (
    <RouterProvider>
      <NoticeProvider>
        <SessionProvider>
          <Gate />
        </SessionProvider>
      </NoticeProvider>
    </RouterProvider>
  );
}

/** Shows the sign-in page at any address while nobody is signed in: the address then still leads where it should. */
function Gate() {
  const { state, reload } = useSession();
  switch (state.kind) {
    case "loading":
      return <div className="boot" role="status" aria-label="Loading" />;
    case "error":
      return <Failed text={state.text} retry={reload} />;
    case "out":
      return <SignIn />;
    case "in":
      return (
        <LiveProvider key={state.me.agent.id}>
          <OutboxProvider>
            <UploadsProvider>
              <Shell>
                <Page />
              </Shell>
            </UploadsProvider>
          </OutboxProvider>
        </LiveProvider>
      );
  }
}

function Page() {
  const { route } = useRouter();
  switch (route.page) {
    case "inbox":
    case "sign-in":
      return <Inbox issueId={route.page === "inbox" ? route.issueId : undefined} />;
    case "missing":
      return <Missing />;
    default:
      return <Settings route={route} />;
  }
}
