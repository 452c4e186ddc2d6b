import { t } from "../strings/strings";
import { useChat } from "./context";
import { Icon } from "./icons";

/** Banners say what is unusual, one line each, above the conversation. */
export function Banners() {
  const chat = useChat();
  const line = chat.line.value;
  const other = chat.sessions.other.value;
  return (
    <div class="banners" role="status">
      {!chat.network.value ? (
        <p class="banner warn">
          <Icon name="cloud" />
          {t("offline")}
        </p>
      ) : (
        (line === "waiting" || line === "connecting") && (
          <p class="banner late">
            <span class="spin" />
            {t("reconnecting")}
          </p>
        )
      )}
      {!chat.memory.durable.value && chat.sessions.key.value && <p class="banner warn">{t("unstored")}</p>}
      {other && (
        <p class="banner">
          <span>{t("other")}</span>
          <button type="button" class="text" onClick={() => chat.switchTo(other)}>
            {t("other.show")}
          </button>
        </p>
      )}
    </div>
  );
}
