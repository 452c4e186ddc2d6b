import { type MouseEvent, useEffect, useRef, useState } from "react";
import type { Attachment } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { sizeWords } from "./uploads";

interface Props {
  files: Attachment[];
  /** Loads the message again: addresses of files expire after a day. */
  renew?: () => Promise<void>;
}

/** A little less than the day after which an address expires. */
const keptMs = 23 * 3600_000;

export function Attachments({ files, renew }: Props) {
  return (
    <ul className="files" aria-label={files.length === 1 ? "File" : "Files"}>
      {files.map((file) => (
        <li key={file.id}>
          <File file={file} renew={renew} />
        </li>
      ))}
    </ul>
  );
}

function File({ file, renew }: { file: Attachment; renew?: () => Promise<void> }) {
  const { link, open } = useFresh(file.url, renew);
  const preview = usePreview(file.preview_url, renew);
  if (file.preview_url && !preview.broken) {
    return (
      <a
        ref={link}
        className="picture"
        href={file.url}
        target="_blank"
        rel="noopener noreferrer"
        onClick={open}
      >
        <img
          src={file.preview_url}
          width={file.width}
          height={file.height}
          alt={file.name}
          loading="lazy"
          onError={preview.failed}
        />
        <span className="hidden-text"> (opens in a new tab)</span>
      </a>
    );
  }
  return (
    <a ref={link} className="file" href={file.url} download={file.name} onClick={open}>
      <span className="upload-face">
        <Icon name="file" />
      </span>
      <span className="upload-words">
        <span className="ellipsis" title={file.name}>
          {file.name}
        </span>
        <span className="faint">{sizeWords(file.size)}</span>
      </span>
      <Icon name="download" size={17} />
      <span className="hidden-text">Download</span>
    </a>
  );
}

/** useFresh opens a link whose address may have expired: then it is renewed first. */
function useFresh(url: string, renew?: () => Promise<void>) {
  const link = useRef<HTMLAnchorElement>(null);
  const held = useRef({ url: "", since: 0 });
  const opening = useRef(false);
  useEffect(() => {
    held.current = { url, since: Date.now() };
    if (!opening.current) return;
    opening.current = false;
    link.current?.click();
  }, [url]);
  const open = (e: MouseEvent) => {
    if (!renew || Date.now() - held.current.since < keptMs) return;
    e.preventDefault();
    opening.current = true;
    void renew();
  };
  return { link, open };
}

/** usePreview loads the message again once if its picture does not load; if that does not help, a plain row stands in. */
function usePreview(url: string | undefined, renew?: () => Promise<void>) {
  const [broken, setBroken] = useState("");
  const tried = useRef(false);
  const failed = () => {
    if (!renew || tried.current) return setBroken(url ?? "");
    tried.current = true;
    void renew();
  };
  return { broken: broken !== "" && broken === url, failed };
}
