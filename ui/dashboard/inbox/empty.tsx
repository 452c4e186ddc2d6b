import type { ReactNode } from "react";
import type { Counts } from "../../shared/agent";
import { Blank } from "../parts/blank";
import type { IconName } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { isAdministrator, useMe } from "../session/session";
import type { Filter } from "./rows";

interface Words {
  icon: IconName;
  title: string;
  text: string;
  action?: ReactNode;
}

/** Empty says why the list is empty, and where to go from here. */
export function Empty({ filter, counts }: { filter: Filter; counts?: Counts }) {
  const me = useMe();
  const words = wordsOf(filter, isAdministrator(me), counts);
  return (
    <div className="rows rows-empty">
      <Blank icon={words.icon} title={words.title} action={words.action}>
        {words.text}
      </Blank>
    </div>
  );
}

function wordsOf(filter: Filter, administrator: boolean, counts?: Counts): Words {
  if (filter.q) {
    return {
      icon: "search",
      title: "Nothing found",
      text: `No conversation ${viewWords[filter.view]}holds “${filter.q}”. Try other words, or search in All.`,
    };
  }
  if (filter.unread) {
    return { icon: "double", title: "All caught up", text: "Somebody has seen every message here." };
  }
  if (filter.view === "mine") {
    return {
      icon: "assign",
      title: "Nothing is yours right now",
      text: "Conversations that are assigned to you appear here. Pick one from Open.",
      action: counts && counts.open > 0 && (
        <Link className="button" href={paths.inbox}>{`See ${counts.open} open`}</Link>
      ),
    };
  }
  if (filter.view === "open") {
    return {
      icon: "check",
      title: "No open conversations",
      text: "New messages from your visitors appear here by themselves. Finished conversations are under All.",
      action: administrator && <EmbedLink />,
    };
  }
  return {
    icon: "chat",
    title: "No conversations yet",
    text: administrator
      ? "Put the chat on your pages: the code to embed is in the settings of your app."
      : "Once the chat is on your pages, what visitors write appears here.",
    action: administrator && <EmbedLink />,
  };
}

const viewWords = { open: "that is open ", mine: "of yours ", all: "" };

const EmbedLink = () => (
  <Link className="button" href={paths.apps}>
    Get the embed code
  </Link>
);
