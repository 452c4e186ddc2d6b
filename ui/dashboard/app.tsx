import { Inbox } from "./inbox/inbox";
import { LiveProvider } from "./live/live";
import { NoticeProvider } from "./parts/notices";
import { Profile } from "./profile/profile";
import { Reports } from "./reports/reports";
import { RouterProvider, useRouter } from "./router/router";
import { SessionProvider, useSession } from "./session/session";
import { SignIn } from "./session/sign-in";
import { Settings } from "./settings/settings";
import { Setup } from "./setup/setup";
import { Boundary } from "./shell/boundary";
import { Failed } from "./shell/failed";
import { Missing } from "./shell/missing";
import { Shell } from "./shell/shell";
import { OutboxProvider } from "./thread/outbox-context";
import { UploadsProvider } from "./thread/uploads-context";
import { NewPassword } from "./welcome/new-password";
import { Welcome } from "./welcome/welcome";

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
  const { route } = useRouter();
  if (route.page === "setup") return <Setup />;
  if (route.page === "welcome") return <Welcome />;
  if (route.page === "new-password") return <NewPassword />;
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
                <Boundary place={route.page}>
                  <Page />
                </Boundary>
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
    case "profile":
      return <Profile />;
    case "reports":
    case "mails":
      return <Reports page={route.page} />;
    case "missing":
      return <Missing />;
    default:
      return <Settings route={route} />;
  }
}
