import { useRef, useState } from "preact/hooks";
import type { Message } from "../../shared/chat";
import { hasOlder } from "../../shared/thread";
import { isOutbound } from "../model/threads";
import { t, tn } from "../strings/strings";
import { useChat, useParts } from "./context";
import { Footer } from "./Footer";
import { Icon } from "./icons";
import { Bubble, bodyOf, EntryLine, MessageLine } from "./Message";
import { type Row, rowsOf } from "./rows";
import { useInView, useScroll } from "./scroll";
import { dayOf } from "./time";

/** Conversation is one thread with the field to write in. */
export function Conversation() {
  const { chat, cards } = useParts();
  const { threads, outbox, sessions, before } = chat;
  const thread = threads.thread.value;
  const messages = thread?.messages ?? [];
  const entries = outbox.entries.value.filter(
    (e) => e.as === sessions.use.value && e.issue === threads.shown.value,
  );
  const scroller = useRef<HTMLElement>(null);
  const divider = chat.divider.value;
  const older = thread !== undefined && hasOlder(thread);
  const scroll = useScroll(scroller, chat, messages, entries.length, divider);
  useInView(scroller, chat, messages);

  const rows = rowsOf(messages, entries, divider);
  const lastMine = entries.length > 0 ? 0 : (messages.findLast((m) => m.origin === "end-user")?.seq ?? 0);
  const mark = (thread?.issue.agent_read_seq ?? 0) >= lastMine ? "seen" : "sent";
  const unread = thread ? threads.unreadOf(thread) : 0;
  const asked = before.seen();
  if (asked) void cards.want();
  const { Before } = cards.here.value ?? {};

  return (
    <>
      <div class="stage">
        <section
          class="scroller"
          ref={scroller}
          onScroll={scroll.moved}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label={t("thread")}
        >
          <div>
            {older ? (
              <p class="more">
                <span class="spin" />
                <span class="sr">{t("older")}</span>
              </p>
            ) : (
              <Greeting />
            )}
            {asked && Before && <Before />}
            <ol class="thread">{rows.map((row) => line(row, lastMine, mark))}</ol>
            <Typing />
          </div>
        </section>
        {!scroll.atEnd && (
          <button
            type="button"
            class="jump"
            onClick={scroll.toEnd}
            aria-label={unread > 0 ? tn("jump.new", unread) : t("jump")}
          >
            {unread > 0 && <span>{tn("jump.new", unread)}</span>}
            <Icon name="down" />
          </button>
        )}
      </div>
      <Announcer />
      <Footer />
    </>
  );
}

function line(row: Row, lastMine: number, mark: "sent" | "seen") {
  switch (row.kind) {
    case "day":
      return (
        <li key={row.key} class="day">
          {dayOf(row.at)}
        </li>
      );
    case "divider":
      return (
        <li key={row.key} class="divider">
          {t("divider")}
        </li>
      );
    case "message": {
      const { message, head, tail, key } = row;
      return (
        <MessageLine
          key={key}
          message={message}
          head={head}
          tail={tail}
          mark={message.seq === lastMine ? mark : null}
        />
      );
    }
    case "entry":
      return <EntryLine key={row.key} entry={row.entry} head={row.head} tail={row.tail} />;
  }
}

/** Greeting is the company's first word; it is no message and stands above all of them. */
function Greeting() {
  const chat = useChat();
  const { app_name, greeting } = chat.page;
  return (
    <div class="line head tail greeting">
      <p class="by">
        <bdi class="author">{app_name}</bdi>
      </p>
      <span class="avatar" aria-hidden="true">
        {[...app_name][0]?.toUpperCase()}
      </span>
      <Bubble body={greeting || t("greeting")} />
      {chat.hours.now.value?.open === false && !chat.threads.thread.value && (
        <Bubble body={t("hours.away")} />
      )}
    </div>
  );
}

function Typing() {
  const chat = useChat();
  const who = chat.typing.who.value;
  if (!who || who.issue !== chat.threads.shown.value) return null;
  return (
    <p class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <bdi>{t("typing", { name: who.name || t("someone") })}</bdi>
    </p>
  );
}

/** Announcer reads new messages out to those who listen, and none that were there before. */
function Announcer() {
  const messages = useChat().threads.thread.value?.messages ?? [];
  const [from] = useState(messages.at(-1)?.seq ?? 0);
  return (
    <div class="sr" role="log" aria-live="polite">
      {messages
        .filter((m) => m.seq > from && isOutbound(m))
        .slice(-5)
        .map((m) => (
          <p key={m.seq}>{`${m.author_name}: ${spokenOf(m)}`}</p>
        ))}
    </div>
  );
}

/** spokenOf is a message for those who listen: its text, the answers to choose from, and the names of its files. */
function spokenOf(m: Message): string {
  const names = m.attachments?.map((a) => a.name).join(", ");
  const options = m.input?.options?.map((o) => o.text).join(", ");
  return [bodyOf(m), options, names && t("attach.sent", { names })].filter(Boolean).join(" ");
}
