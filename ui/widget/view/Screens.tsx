import { t } from "../strings/strings";
import { useChat } from "./context";
import { Icon } from "./icons";
import { backOf } from "./time";

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

/** Closed stands where a new conversation would begin. */
export function Closed({ title, text }: { title: string; text: string }) {
  return (
    <section class="screen" aria-labelledby="closed">
      <span class="emblem">
        <Icon name="cloud" />
      </span>
      <div role="alert">
        <h2 id="closed">{title}</h2>
        <p>
          {text} {backOf(useChat().hours.now.value)}
        </p>
      </div>
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
