import { useRef } from "react";
import { Icon } from "../parts/icon";
import { sizeWords, type Upload } from "./uploads";
import type { IssueUploads } from "./uploads-context";

/** UploadList is what goes with the answer that is being written: how far it is, what failed, and a way to leave it out. */
export function UploadList({ uploads, left }: { uploads: IssueUploads; left: () => void }) {
  const list = useRef<HTMLUListElement>(null);
  if (uploads.list.length === 0) return null;
  const remove = (u: Upload) => {
    uploads.remove(u.clientId);
    const next = [...(list.current?.querySelectorAll<HTMLElement>(".upload-remove") ?? [])];
    (next.find((b) => b.dataset.id !== u.clientId) ?? null)?.focus();
    if (next.length < 2) left();
  };
  return (
    <ul ref={list} className="uploads" aria-label="Files of your answer">
      {uploads.list.map((u) => (
        <li key={u.clientId} className="upload" data-state={u.state}>
          <Face upload={u} />
          <div className="upload-words">
            <p className="ellipsis" title={u.name}>
              {u.name}
            </p>
            <Status upload={u} retry={() => uploads.retry(u.clientId)} />
          </div>
          <button
            type="button"
            className="upload-remove"
            data-id={u.clientId}
            aria-label={`Leave out ${u.name}`}
            title="Leave out"
            onClick={() => remove(u)}
          >
            <Icon name="x" size={15} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Face({ upload: u }: { upload: Upload }) {
  if (u.attachment?.preview_url) return <img className="upload-face" src={u.attachment.preview_url} alt="" />;
  return (
    <span className="upload-face">
      <Icon name={u.state === "failed" ? "alert" : "file"} />
    </span>
  );
}

function Status({ upload: u, retry }: { upload: Upload; retry: () => void }) {
  if (u.state === "failed") {
    return (
      <p className="upload-failed" role="alert">
        {u.error}{" "}
        {u.again && (
          <button type="button" className="text-button" onClick={retry}>
            Try again<span className="hidden-text"> to upload {u.name}</span>
          </button>
        )}
      </p>
    );
  }
  if (u.state === "done") return <p className="faint">{sizeWords(u.size)}</p>;
  return <progress className="upload-bar" value={u.share} max={1} aria-label={`Uploading ${u.name}`} />;
}
