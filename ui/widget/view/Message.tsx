import type { Attachment, Message } from "../../shared/chat";
import type { Entry } from "../model/outbox";
import { t } from "../strings/strings";
import { useParts } from "./context";
import { Icon } from "./icons";
import { partsOf } from "./links";
import { askable, modeOf } from "./mode";
import { fullTimeOf, timeOf } from "./time";
import { wrong } from "./wrong";

interface Place {
  head: boolean;
  tail: boolean;
}

const shape = (mine: boolean, { head, tail }: Place) =>
  `line${mine ? " mine" : ""}${head ? " head" : ""}${tail ? " tail" : ""}`;

/** MessageLine is a message that the server has. Mark is shown under the user's last one: sent or seen. */
export function MessageLine({
  message,
  mark,
  ...place
}: { message: Message; mark: "sent" | "seen" | null } & Place) {
  const { chat, ending, cards } = useParts();
  const mine = message.origin === "end-user";
  const issue = chat.threads.thread.value?.issue;
  const asks = message.ask && message.ask === issue?.asking && message.seq === issue.asked_seq;
  const answering = chat.outbox.entries.value.some((e) => e.answers === message.seq && e.issue === issue?.id);
  const open = asks && !answering && askable(modeOf(issue, ending));
  if (open) void cards.want();
  const { Ask } = cards.here.value ?? {};
  return (
    <li class={shape(mine, place)} data-seq={mine ? undefined : message.seq}>
      {place.head && <Head message={message} mine={mine} />}
      {!mine && place.tail && <Avatar message={message} />}
      {bodyOf(message) && (
        <Bubble body={bodyOf(message)} at={message.created_at} agent={message.origin === "agent"} />
      )}
      {message.edited_at && <p class="mark">{t("edited")}</p>}
      {message.attachments && <Files files={message.attachments} seq={message.seq} />}
      {open && Ask && <Ask message={message} />}
      {mark && (
        <p class="mark">
          {mark === "seen" && <Icon name="check" />}
          {t(mark)}
        </p>
      )}
    </li>
  );
}

/** Files are those of a message, or of one on its way; their names alone until they can be shown. */
function Files({ files, seq }: { files: readonly Attachment[]; seq?: number }) {
  const { part } = useParts().attach;
  void part.want();
  if (!part.here.value) return <p class="mark">{files.map((a) => a.name).join(", ")}</p>;
  const { Attachments, Underway } = part.here.value;
  return seq ? <Attachments files={files} seq={seq} /> : <Underway files={files} />;
}

/** bodyOf returns what a message says, in the panel's language where it stands for more than its text. */
export const bodyOf = ({ kind, body }: Message) => (kind === "accepted" ? t("accepted") : body);

function Head({ message, mine }: { message: Message; mine: boolean }) {
  return (
    <p class="by">
      <bdi class={mine ? "sr" : "author"}>{mine ? t("you") : message.author_name}</bdi>
      {message.origin === "bot" && <span class="tag">{t("bot")}</span>}
      <time
        dir="auto"
        dateTime={new Date(message.created_at).toISOString()}
        title={fullTimeOf(message.created_at)}
      >
        {timeOf(message.created_at)}
      </time>
    </p>
  );
}

function Avatar({ message }: { message: Message }) {
  return (
    <span class="avatar" aria-hidden="true">
      {message.origin === "bot" ? <Icon name="bot" /> : [...message.author_name][0]?.toUpperCase()}
    </span>
  );
}

/** Bubble shows a text, and what agents have formatted in its form as soon as that can be had. */
export function Bubble({ body, at, agent }: { body: string; at?: number; agent?: boolean }) {
  const { format } = useParts();
  const formatted = agent && /[*`[]|^(>|-|\d+\.) /m.test(body);
  if (formatted) void format.want();
  const form = formatted && format.here.value;
  return (
    <div class="bubble" dir="auto" title={at ? fullTimeOf(at) : undefined}>
      {form ? (
        <form.Formatted text={body} />
      ) : (
        partsOf(body).map((part, i) =>
          typeof part === "string" ? (
            part
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message never change places
            <a key={i} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
              {part.text}
            </a>
          ),
        )
      )}
    </div>
  );
}

/** EntryLine is a message on its way, with its state, or a refused one with what can be done. */
export function EntryLine({ entry, ...place }: { entry: Entry } & Place) {
  const { chat, attach } = useParts();
  const { client_id: id, failed, code, field } = entry;
  const text = entry.shown ?? entry.body;
  // The button goes with the failure: whoever pressed it goes on in the composer.
  const choose = (work: Promise<unknown>) => {
    void work;
    chat.focus.value++;
  };
  const waiting = !chat.network.value || chat.outbox.phase.value === "waiting";
  return (
    <li class={`${shape(true, place)} ${failed ? "failed" : "pending"}`}>
      {text && <Bubble body={text} />}
      {entry.files && <Files files={entry.files} />}
      {failed ? (
        <div class="failure" role="alert">
          <p class="problem">
            <Icon name="alert" />
            <span>
              <b>{t("failed")}.</b> <bdi>{wrong({ code, field, text: failed === "?" ? "" : failed })}</bdi>
            </span>
          </p>
          <p class="choices">
            <button type="button" class="text" onClick={() => choose(chat.outbox.retry(id))}>
              {t("retry")}
            </button>
            <button
              type="button"
              class="text"
              onClick={() => {
                chat.threads.draft(chat.threads.shown.peek(), entry.body);
                void attach.restore(entry.files ?? []);
                choose(chat.outbox.discard(id));
              }}
            >
              {t("edit")}
            </button>
            <button type="button" class="text" onClick={() => choose(chat.outbox.discard(id))}>
              {t("discard")}
            </button>
          </p>
        </div>
      ) : (
        place.tail && <p class="mark">{t(waiting ? "waiting" : "sending")}</p>
      )}
    </li>
  );
}
