import { useEffect } from "preact/hooks";
import type { Chat } from "../model/chat";
import { t } from "../strings/strings";
import { Banners } from "./Banners";
import { DropZone } from "./Clip";
import { Conversation } from "./Conversation";
import { type Parts, PartsContext } from "./context";
import { Header } from "./Header";
import { List } from "./List";
import { NoticeScreen } from "./Notice";
import { Closed, Skeleton, Trouble } from "./Screens";

/** App is the whole panel. */
export function App({ parts }: { parts: Parts }) {
  const { chat } = parts;
  useEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (e.key !== "Escape" || e.isComposing) return;
      if (chat.list.peek()) {
        chat.list.value = false;
        chat.focus.value++;
      } else chat.host.close(true);
    };
    addEventListener("keydown", key);
    return () => removeEventListener("keydown", key);
  }, [chat]);

  return (
    <PartsContext.Provider value={parts}>
      <main
        class={chat.page.hosted ? "panel hosted" : "panel"}
        aria-label={t("panel", { app: chat.page.app_name })}
      >
        <Header />
        <Banners />
        <Body chat={chat} />
        <DropZone />
      </main>
    </PartsContext.Provider>
  );
}

function Body({ chat }: { chat: Chat }) {
  if (chat.notice.value) return <NoticeScreen notice={chat.notice.value} />;
  if (chat.list.value) return <List />;
  if (chat.phase.value === "loading") return <Skeleton />;
  if (chat.phase.value === "trouble") return <Trouble />;
  const closed = chat.hours.closed.value;
  if (closed && !chat.threads.thread.value) return <Closed {...closed} />;
  return <Conversation key={chat.threads.turn.value} />;
}
