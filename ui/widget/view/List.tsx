import type { ChatThread } from "../model/threads";
import { t, tn } from "../strings/strings";
import { useChat } from "./context";
import { dayOf } from "./time";

/** List shows the user's conversations, newest first. */
export function List() {
  const chat = useChat();
  const { all, issues, shown } = chat.threads;
  const threads = issues.value.map((i) => all.value.get(i.id) as ChatThread);
  return (
    <section class="list" aria-label={t("conversations")}>
      <ul>
        {threads.map((thread) => (
          <li key={thread.issue.id}>
            <Item thread={thread} current={thread.issue.id === shown.value} />
          </li>
        ))}
      </ul>
      <div class="footer">
        <button type="button" class="button" onClick={() => chat.startNew()}>
          {t("new")}
        </button>
      </div>
    </section>
  );
}

function Item({ thread, current }: { thread: ChatThread; current: boolean }) {
  const chat = useChat();
  const { id, number, state, created_at } = thread.issue;
  const unread = chat.threads.unreadOf(thread);
  const pick = (issue: string) => {
    chat.show(issue);
    chat.focus.value++;
  };
  const word = state === "resolved" || state === "rejected" ? state : "open";
  return (
    <button type="button" class="item" aria-current={current || undefined} onClick={() => pick(id)}>
      <span class="title">{t("conversation", { number: `${number}` })}</span>
      <span class="sub">
        {dayOf(created_at)} · {t(`state.${word}`)}
      </span>
      {unread > 0 && (
        <span class="count" role="img" aria-label={tn("unread", unread)}>
          {unread}
        </span>
      )}
    </button>
  );
}
