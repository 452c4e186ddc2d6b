import type { RefObject } from "preact";
import { type Fault, type Files, MOST, type Upload } from "../model/files";
import { language, t } from "../strings/strings";
import { useParts } from "./context";
import { Icon } from "./icons";
import { sizeOf } from "./size";
import { Thumb } from "./Thumb";

/** Tray shows the files of the message that is being written. The heir gets the focus when the last button goes. */
export function Tray(props: { model: Files; heir: RefObject<HTMLElement | null> }) {
  const { model, heir } = props;
  const { chat } = useParts();
  const shown = chat.threads.shown.value;
  const files = model.of(shown);
  return (
    <>
      {files.length > 0 && (
        <ul class="tray">
          {files.map((u) => (
            <Item key={u.client_id} files={model} upload={u} gone={() => heir.current?.focus()} />
          ))}
        </ul>
      )}
      <div class="tray-notes" role="status">
        {model.faults.value.map((f) => (
          <p key={`${f.kind} ${f.name}`} class="problem">
            <Icon name="alert" />
            <span>{faultText(f, chat.page.max_file)}</span>
          </p>
        ))}
        {model.held.value.includes(shown) && <p class="hint">{t("attach.wait")}</p>}
      </div>
      <News last={model.news.value} />
    </>
  );
}

function faultText({ kind, name }: Fault, limit: number): string {
  switch (kind) {
    case "size":
      return t("attach.size", { name, limit: sizeOf(limit) });
    case "empty":
      return t("attach.empty", { name });
    case "many":
      return t("attach.many", { n: MOST });
  }
}

function Item({ files, upload, gone }: { files: Files; upload: Upload; gone(): void }) {
  const { client_id: id, name, size, state, progress } = upload;
  const failed = state === "failed";
  return (
    <li class={failed ? "file failed" : "file"}>
      <Thumb src={upload.thumb} />
      <span class="about">
        <bdi class="name" title={name}>
          {name}
        </bdi>
        {failed ? <Failure upload={upload} /> : <span class="sub">{stateText(upload)}</span>}
        {!failed && state !== "ready" && (
          <progress max={1} value={progress} aria-label={t("attach.progress", percentOf(upload))} />
        )}
      </span>
      {failed && (
        <button type="button" class="text" onClick={() => files.retry(id)}>
          {t("retry")}
        </button>
      )}
      <button
        type="button"
        class="quiet small"
        aria-label={t("attach.remove", { name })}
        title={`${name} · ${sizeOf(size)}`}
        onClick={() => {
          files.remove(id);
          gone();
        }}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

const percentOf = ({ name, progress }: Upload) => ({ name, percent: Math.round(progress * 100) });

function stateText({ state, size }: Upload): string {
  return state === "waiting" ? t("waiting") : sizeOf(size);
}

/** Failure says why. The server writes English: where that is spoken, its own sentence says most. */
function Failure({ upload: { name, why } }: { upload: Upload }) {
  const own = language() === "en" ? why?.text : "";
  const text = why?.code === "forbidden" ? t("wrong.files") : own || t("attach.failed", { name });
  return <span class="sub">{text}</span>;
}

/** News tells those who listen what has become of an upload. */
function News({ last }: { last: Upload | null }) {
  const text = last?.state === "ready" ? "attach.ready" : "attach.failed";
  return (
    <p class="sr" role="status">
      {last ? t(text, { name: last.name }) : ""}
    </p>
  );
}
