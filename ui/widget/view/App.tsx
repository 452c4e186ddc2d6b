import { useEffect } from "preact/hooks";
import type { Chat } from "../model/chat";
import { t } from "../strings/strings";
import { Banners } from "./Banners";
import { Conversation } from "./Conversation";
import { ChatContext } from "./context";
import { Header } from "./Header";
import { List } from "./List";
import { NoticeScreen, Skeleton, Trouble } from "./Screens";

/** App is the whole panel. */
export function App({ chat }: { chat: Chat }) {
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
    <ChatContext.Provider value={chat}>
      <main
        class={chat.page.hosted ? "panel hosted" : "panel"}
        aria-label={t("panel", { app: chat.page.app_name })}
      >
        <Header />
        <Banners />
        <Body chat={chat} />
      </main>
    </ChatContext.Provider>
  );
}

function Body({ chat }: { chat: Chat }) {
  if (chat.notice.value) return <NoticeScreen notice={chat.notice.value} />;
  if (chat.list.value) return <List />;
  if (chat.phase.value === "loading") return <Skeleton />;
  if (chat.phase.value === "trouble") return <Trouble />;
  return <Conversation key={chat.threads.turn.value} />;
}
