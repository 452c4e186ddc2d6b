import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Message } from "../../shared/chat";
import { send } from "../model/mail";
import { t } from "../strings/strings";
import { useChat } from "./context";
import { Icon } from "./icons";
import { wrong } from "./wrong";

const fields = {
  name: { type: "text", autocomplete: "name", label: "ask.name", max: 255 },
  email: { type: "email", autocomplete: "email", label: "ask.email", max: 254 },
} as const;

/** Ask is the field under a bot's question. A refused answer comes back here, with the reason. */
export function Ask({ message }: { message: Message }) {
  const chat = useChat();
  const field = fields[message.ask as keyof typeof fields];
  const last = chat.refusal.value;
  const refusal = last?.seq === message.seq && last.issue === chat.threads.shown.value ? last : null;
  const [value, setValue] = useState(refusal?.body ?? "");
  const input = useRef<HTMLInputElement>(null);
  const problem = refusal && refusal.body === value.trim() ? wrong(refusal) : "";

  useLayoutEffect(() => {
    // Whoever is about to type answers the question; who is elsewhere is left there.
    const active = document.activeElement;
    const idle = active instanceof HTMLTextAreaElement && active.value === "";
    if (refusal || idle) input.current?.focus();
  }, [refusal]);

  if (!field) return null;
  return (
    <form
      class={problem ? "ask wrong" : "ask"}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (!value.trim()) return;
        void send(chat, value.trim(), message.seq);
        chat.focus.value++; // this field goes
      }}
    >
      <label>
        <span>{t(field.label)}</span>
        <span class="row">
          <input
            ref={input}
            type={field.type as "text"}
            name={message.ask}
            autocomplete={field.autocomplete}
            maxLength={field.max}
            dir="auto"
            value={value}
            aria-invalid={problem ? true : undefined}
            aria-describedby={problem ? `problem-${message.seq}` : undefined}
            onInput={(e) => setValue(e.currentTarget.value)}
          />
          <button type="submit" class="round" aria-label={t("send")} disabled={!value.trim()}>
            <Icon name="send" />
          </button>
        </span>
      </label>
      {problem && (
        <p id={`problem-${message.seq}`} class="problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
