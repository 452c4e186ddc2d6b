import { DropdownMenu } from "radix-ui";
import { type ReactNode, useEffect, useState } from "react";
import { useStatus } from "../live/live";
import { Avatar } from "../parts/avatar";
import { Icon, type IconName, Logo } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { ProfileItems } from "../profile/menu";
import { paths } from "../router/route";
import { Link, useRouter } from "../router/router";
import { textOf } from "../session/api";
import { useFresh } from "../session/fresh";
import { roleName } from "../session/roles";
import { isSupervisor, useMe, useSession } from "../session/session";
import { settingsHome } from "../settings/access";
import { ShortcutsProvider, useShortcutList } from "../shortcuts/shortcuts";
import { useGoing } from "./go";
import "./shell.css";

export function Shell({ children }: { children: ReactNode }) {
  const me = useMe();
  const { route } = useRouter();
  const inbox = route.page === "inbox" || route.page === "sign-in";
  const reports = route.page === "reports" || route.page === "mails";
  const settings = settingsHome(me.agent.role);
  useFresh();
  return (
    <ShortcutsProvider>
      <Going />
      <div className="shell" data-thread={route.page === "inbox" && route.issueId ? "" : undefined}>
        <nav className="rail" aria-label="Main">
          <span className="rail-logo">
            <Logo size={34} />
          </span>
          <RailLink href={paths.inbox} icon="inbox" text="Inbox" current={inbox} />
          {isSupervisor(me) && (
            <RailLink href={paths.reports} icon="chart" text="Reports" current={reports} />
          )}
          {settings && (
            <RailLink
              href={settings}
              icon="settings"
              text="Settings"
              current={!inbox && !reports && route.page !== "missing" && route.page !== "profile"}
            />
          )}
          <AgentMenu />
        </nav>
        <div className="stage">
          <Connection />
          <main className="page">{children}</main>
        </div>
      </div>
    </ShortcutsProvider>
  );
}

/** Going listens to the keys that lead to the views. */
function Going() {
  useGoing();
  return null;
}

function RailLink(props: { href: string; icon: IconName; text: string; current: boolean }) {
  return (
    <Link className="rail-link" href={props.href} aria-current={props.current ? "page" : undefined}>
      <Icon name={props.icon} size={22} />
      <span>{props.text}</span>
    </Link>
  );
}

function AgentMenu() {
  const me = useMe();
  const { signOut } = useSession();
  const { navigate } = useRouter();
  const notify = useNotify();
  const showShortcuts = useShortcutList();
  const leave = () =>
    signOut()
      .then(() => navigate(paths.signIn))
      .catch((err) => notify(textOf(err), "bad"));
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="rail-me" aria-label={`${me.agent.name}: your menu`}>
        <Avatar id={me.agent.id} name={me.agent.name} available={me.agent.available} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="right" align="end" sideOffset={10} collisionPadding={8}>
          <DropdownMenu.Label className="rail-who">
            <strong className="ellipsis">{me.agent.name}</strong>
            <span className="faint small ellipsis">{me.agent.email}</span>
            <span className="faint small ellipsis">
              {roleName(me.agent.role)} at {me.domain}
              {me.demo ? " · demo" : ""}
            </span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator className="menu-line" />
          <ProfileItems />
          <DropdownMenu.Item className="menu-item" onSelect={showShortcuts}>
            <Icon name="keyboard" /> Keyboard shortcuts
            <kbd className="menu-key">?</kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item className="menu-item" onSelect={leave}>
            <Icon name="leave" /> Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Connection says so when the screen no longer updates by itself; a blink of two seconds is not worth a word. */
function Connection() {
  const status = useStatus();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (status === "online") return setShown(false);
    const timer = setTimeout(setShown, status === "waiting" ? 1500 : 5000, true);
    return () => clearTimeout(timer);
  }, [status]);
  return (
    <div role="status" aria-live="polite">
      {shown && (
        <p className="connection">
          <Icon name="offline" size={16} />
          {navigator.onLine
            ? "Reconnecting… You may not see the newest messages yet."
            : "You are offline. What you write is kept and sent when you are back."}
        </p>
      )}
    </div>
  );
}
