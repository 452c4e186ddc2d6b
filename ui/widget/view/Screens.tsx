import type { Notice } from "../model/chat";
import { t } from "../strings/strings";
import { useChat } from "./context";
import { Icon } from "./icons";

/** NoticeScreen tells what has become of a link or a conversation, and what to do. */
export function NoticeScreen({ notice }: { notice: Notice }) {
  const chat = useChat();
  const mine = chat.threads.issues.value.length > 0;
  return (
    <section class="screen" aria-labelledby="notice">
      <span class="emblem">
        <Icon name="link" />
      </span>
      <div role="alert">
        <h2 id="notice">{t(`${notice}.title`)}</h2>
        <p>{t(`${notice}.text`)}</p>
      </div>
      {mine && (
        <button
          type="button"
          class="button"
          onClick={() => {
            chat.notice.value = null;
            chat.focus.value++;
          }}
        >
          {t("mine")}
        </button>
      )}
      <button type="button" class={mine ? "button second" : "button"} onClick={() => chat.startNew()}>
        {t("new")}
      </button>
    </section>
  );
}

/** Trouble stands where the conversation would be, as long as it cannot be loaded. */
export function Trouble() {
  const chat = useChat();
  return (
    <section class="screen" aria-labelledby="trouble">
      <span class="emblem">
        <Icon name="cloud" />
      </span>
      <div role="alert">
        <h2 id="trouble">{t("trouble.title")}</h2>
        <p>{t("trouble.text")}</p>
      </div>
      <button type="button" class="button" onClick={() => chat.tryNow()}>
        {t("trouble.retry")}
      </button>
    </section>
  );
}

/** Skeleton stands for a conversation that is on its way. */
export function Skeleton() {
  return (
    <section class="skeleton" aria-busy="true" aria-label={t("loading")}>
      <i class="w60" />
      <i class="w80" />
      <i class="w45 mine" />
      <i class="w70" />
      <i class="w30 mine" />
    </section>
  );
}
