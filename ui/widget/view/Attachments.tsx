import { useEffect, useState } from "preact/hooks";
import type { Attachment } from "../../shared/chat";
import { t } from "../strings/strings";
import type { Attaching } from "./attaching";
import { useParts } from "./context";
import { Icon } from "./icons";
import { sizeOf } from "./size";
import { Thumb } from "./Thumb";

/** Attachments are the files of a message: pictures as previews, others as rows to download. */
export function Attachments({ files, seq }: { files: readonly Attachment[]; seq: number }) {
  const { chat, attach } = useParts();
  const { addresses } = attach.part.here.value as Attaching;
  const issue = chat.threads.shown.value ?? "";
  const looking = chat.visible.value && chat.open.value;
  const renew = () => addresses.renew(issue, seq);
  const old = files.some((a) => addresses.old(a));

  useEffect(() => {
    if (looking && old) void renew();
  }, [looking, old]);

  const now = files.map((a) => addresses.of(a));
  const pictures = now.filter((a) => a.preview_url);
  const others = now.filter((a) => !a.preview_url);
  const open = (a: Attachment) => (e: MouseEvent) => {
    if (!addresses.old(a)) return;
    e.preventDefault();
    void renew().then(() => window.open(addresses.of(a).url, "_blank", "noopener"));
  };
  return (
    <>
      {pictures.length > 0 && (
        <div class={pictures.length > 1 ? "pictures several" : "pictures"}>
          {pictures.map((a) => (
            <Picture key={a.id} picture={a} alone={pictures.length === 1} renew={renew} open={open(a)} />
          ))}
        </div>
      )}
      {others.map((a) => (
        <FileRow key={a.id} file={a} open={open(a)} />
      ))}
    </>
  );
}

/** WIDE and HIGH are the room of a picture that stands alone, in pixels. */
const WIDE = 260;
const HIGH = 300;

/** roomOf is the size in which a picture is shown: its place is there before the picture is. */
function roomOf({ width = WIDE, height = HIGH }: Attachment): { width: number; height: number } {
  const scale = Math.min(1, WIDE / width, HIGH / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

interface PictureProps {
  picture: Attachment;
  alone: boolean;
  renew(): Promise<boolean>;
  open(e: MouseEvent): void;
}

/** Picture shows a preview that opens the whole. One that cannot be loaded is tried once more with a fresh address, and is a file then. */
function Picture({ picture, alone, renew, open }: PictureProps) {
  const { name, url, preview_url } = picture;
  const [broken, setBroken] = useState("");
  if (broken === preview_url) return <FileRow file={picture} open={open} />;
  const failed = async () => {
    if (!(await renew())) setBroken(preview_url ?? "");
  };
  return (
    <a class="picture" href={url} target="_blank" rel="noopener" onClick={open}>
      <img
        src={preview_url}
        alt={t("attach.picture", { name })}
        title={name}
        decoding="async"
        {...(alone ? roomOf(picture) : { width: WIDE, height: WIDE })}
        onError={() => void failed()}
      />
    </a>
  );
}

/** FileRow is a file to download. */
function FileRow({ file, open }: { file: Attachment; open(e: MouseEvent): void }) {
  const { name, size, url } = file;
  return (
    <a class="file row" href={url} target="_blank" rel="noopener" download={name} onClick={open}>
      <span class="sr">{t("attach.file", { name, size: sizeOf(size) })}</span>
      <Thumb src="" />
      <span class="about" aria-hidden="true">
        <bdi class="name">{name}</bdi>
        <span class="sub">{sizeOf(size)}</span>
      </span>
      <Icon name="save" />
    </a>
  );
}

/** Underway are the files of a message that is on its way. */
export function Underway({ files }: { files: readonly Attachment[] }) {
  return (
    <ul class="underway">
      {files.map((a) => (
        <li key={a.id} class="file row">
          <Thumb src={a.preview_url ?? ""} />
          <span class="about">
            <bdi class="name">{a.name}</bdi>
            <span class="sub">{sizeOf(a.size)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
