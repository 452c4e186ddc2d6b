import type { ReactNode } from "react";
import { Blank } from "../parts/blank";
import { Button } from "../parts/button";
import type { IconName } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { isAdministrator, useMe } from "../session/session";
import { useInboxData, useShown } from "./context";
import { isNarrowed, noFilter } from "./look";

interface Words {
  icon: IconName;
  title: string;
  text: string;
  action?: ReactNode;
}

/** Empty says why the list is empty, and where to go from here. */
export function Empty() {
  const { look } = useInboxData();
  const { lost } = useShown();
  const ofView = useWords(look.view);
  const words = lost ? gone : isNarrowed(look) ? undefined : ofView;
  return (
    <div className="rows rows-empty">
      {words ? (
        <Blank icon={words.icon} title={words.title} action={words.action}>
          {words.text}
        </Blank>
      ) : (
        <NothingFound />
      )}
    </div>
  );
}

/** NothingFound offers to look for less, and elsewhere. */
function NothingFound() {
  const { look, setLook } = useInboxData();
  const clear = () => setLook({ ...look, filter: noFilter, edited: false, q: "" });
  const everywhere = () => setLook({ ...look, view: "all", filter: noFilter, edited: false });
  return (
    <Blank
      icon="search"
      title="Nothing found"
      action={
        <div className="blank-actions">
          <Button onClick={clear}>Clear the filters</Button>
          {look.q && look.view !== "all" && <Button onClick={everywhere}>Search all conversations</Button>}
        </div>
      }
    >
      {look.q
        ? `No conversation here holds “${look.q}”. Every word must begin a word of its messages, notes, title, name or address.`
        : "No conversation here matches all of these filters."}
    </Blank>
  );
}

const gone: Words = {
  icon: "filter",
  title: "This Smart View is no more",
  text: "Somebody deleted it, or it belongs to a colleague.",
  action: <Leading to={paths.inbox}>See open conversations</Leading>,
};

function useWords(view: string): Words {
  const { counts } = useInboxData();
  const administrator = isAdministrator(useMe());
  const open = counts?.open ?? 0;
  const seeOpen = open > 0 && <Leading to={paths.inbox}>{`See ${open} open`}</Leading>;
  const embed = administrator && <Leading to={paths.apps}>Get the embed code</Leading>;
  switch (view) {
    case "open":
      return {
        icon: "check",
        title: "No open conversations",
        text: "New messages from your visitors appear here by themselves. Finished conversations are under Resolved.",
        action: embed,
      };
    case "mine":
      return {
        icon: "user",
        title: "Nothing is yours right now",
        text: "Conversations that are assigned to you appear here. Pick one from Open.",
        action: seeOpen,
      };
    case "unassigned":
      return {
        icon: "assign",
        title: "Everything has somebody",
        text: "Open conversations that nobody has taken yet appear here.",
        action: seeOpen,
      };
    case "waiting":
      return {
        icon: "double",
        title: "Nobody waits for us",
        text: "Every visitor who wrote has an answer.",
        action: seeOpen,
      };
    case "left":
      return {
        icon: "mail",
        title: "Everybody has read our answers",
        text: "Visitors who went away before they read what we wrote appear here, with what their e-mail does.",
      };
    case "resolved":
      return {
        icon: "check",
        title: "Nothing resolved yet",
        text: "Conversations rest here once they are resolved or rejected.",
      };
    case "all":
      return {
        icon: "chat",
        title: "No conversations yet",
        text: administrator
          ? "Put the chat on your pages: the code to embed is in the settings of your app."
          : "Once the chat is on your pages, what visitors write appears here.",
        action: embed,
      };
  }
  return {
    icon: "filter",
    title: "Nothing here right now",
    text: "Conversations that fit this Smart View appear by themselves.",
  };
}

function Leading({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link className="button" href={to}>
      {children}
    </Link>
  );
}
