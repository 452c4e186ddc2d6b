import { useLayoutEffect, useRef } from "preact/hooks";
import type { Notice } from "../model/notice";
import { type Key, t } from "../strings/strings";
import { useChat } from "./context";
import { useFocusTurn } from "./focus";
import { Icon, type Icon as Icons } from "./icons";
import { reloadOf, startOf } from "./pages";

/** Words are the keys that have a title and a text. */
type Words = Key extends infer K ? (K extends `${infer W}.title` ? W : never) : never;

/** Look is how a notice is worded and what may be done about it. Identity: nobody can write before the host page names them rightly. */
interface Look {
  words: Words;
  icon: Parameters<typeof Icons>[0]["name"];
  identity?: true;
}

const looks: Readonly<Record<Notice, Look>> = {
  expired: { words: "expired", icon: "link" },
  revoked: { words: "revoked", icon: "link" },
  unknown: { words: "unknown", icon: "link" },
  ended: { words: "ended", icon: "link" },
  closed: { words: "closed", icon: "link" },
  login_required: { words: "login", icon: "person" },
  other_user: { words: "other_user", icon: "person" },
  logout_required: { words: "logout", icon: "person" },
  auth: { words: "auth", icon: "person", identity: true },
  session: { words: "session", icon: "person", identity: true },
};

/** NoticeScreen tells what has become of a link, a conversation or a login, and what to do. */
export function NoticeScreen({ notice }: { notice: Notice }) {
  const chat = useChat();
  const { words, icon, identity } = looks[notice];
  const screen = useRef<HTMLElement>(null);
  const page = chat.host.page().url;
  const start = startOf(chat.noticePage.value, page, chat.page.origins);
  const reload = identity ? reloadOf(page) : "";
  const mine = !identity && chat.threads.issues.value.length > 0;
  const mismatch = notice === "login_required" || notice === "other_user" || notice === "logout_required";
  useFocusTurn(screen);

  useLayoutEffect(() => {
    // What had the focus has gone with the conversation.
    if (document.hasFocus() && document.activeElement === document.body) screen.current?.focus();
  }, [notice]);

  const show = () => {
    chat.notice.value = null;
    chat.focus.value++;
  };
  // The first of them is what most people want.
  const ways = [
    start && <Leave key="start" to={start} words="start_page" />,
    reload && <Leave key="reload" to={reload} words="reload" />,
    mine && (
      <button key="mine" type="button" class="button" onClick={show}>
        {t("mine")}
      </button>
    ),
    !identity && (
      // Where the conversation is only a sign-in away, a second one is not what most people want.
      <button
        key="new"
        type="button"
        class={mismatch ? "button second" : "button"}
        onClick={() => chat.startNew()}
      >
        {t("new")}
      </button>
    ),
  ];
  return (
    <section class="screen" aria-labelledby="notice" tabIndex={-1} ref={screen}>
      <span class="emblem">
        <Icon name={icon} />
      </span>
      <div role="alert">
        <h2 id="notice">{t(`${words}.title`)}</h2>
        <p>{t(`${words}.text`)}</p>
      </div>
      <div class="ways">{ways}</div>
    </section>
  );
}

/** Leave leads the whole window to a page of the host site. */
function Leave({ to, words }: { to: string; words: Key }) {
  return (
    <a class="button" href={to} target="_top" rel="noopener">
      {t(words)}
    </a>
  );
}
