import { t, tn } from "../strings/strings";
import { useChat } from "./context";
import { Icon } from "./icons";

export function Header() {
  const chat = useChat();
  const { app_name, title, close } = chat.page;
  const { issues, shown, all } = chat.threads;
  const several = issues.value.length > 1 || (issues.value.length === 1 && shown.value === null);
  let elsewhere = 0;
  for (const [id, thread] of all.value) if (id !== shown.value) elsewhere += chat.threads.unreadOf(thread);

  return (
    <header class="header">
      {several && (
        <button
          type="button"
          class="quiet"
          aria-label={listLabel(chat.list.value, elsewhere)}
          onClick={() => toggleList(chat)}
        >
          <Icon name={chat.list.value ? "back" : "list"} />
          {elsewhere > 0 && !chat.list.value && <span class="dot" />}
        </button>
      )}
      <span class="logo" aria-hidden="true">
        {[...app_name][0]?.toUpperCase()}
      </span>
      <h1 dir="auto">{title}</h1>
      {close && (
        <button type="button" class="quiet" aria-label={t("close")} onClick={() => chat.host.close(true)}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}

function toggleList(chat: ReturnType<typeof useChat>): void {
  chat.notice.value = null;
  chat.list.value = !chat.list.value;
}

function listLabel(open: boolean, unread: number): string {
  if (open) return t("back");
  return unread > 0 ? `${t("conversations")}, ${tn("unread", unread)}` : t("conversations");
}
