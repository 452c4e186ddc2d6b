import { useEffect, useState } from "react";
import type { Preview } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { ApiError, aborted, textOf } from "../session/api";
import { useSession } from "../session/session";
import { type Draft, toSend } from "./draft";

/** MailPreview shows the e-mail as the settings on screen would make it, also before they are saved. */
export function MailPreview({ appId, draft }: { appId: string; draft: Draft }) {
  const { preview, error } = usePreview(appId, draft);
  return (
    <>
      {error && (
        <p className="callout warn" role="status">
          <Icon name="alert" /> {error}
        </p>
      )}
      {preview ? <Mail preview={preview} /> : !error && <div className="skeleton preview-frame" />}
    </>
  );
}

function Mail({ preview }: { preview: Preview }) {
  return (
    <div className="mail">
      <dl className="mail-head">
        <div>
          <dt>From</dt>
          <dd>{senderOf(preview.from)}</dd>
        </div>
        <div>
          <dt>Subject</dt>
          <dd>
            <strong>{preview.subject}</strong>
          </dd>
        </div>
      </dl>
      {/* Without any allowance: no scripts, no forms, no navigation; links would open a new window and are therefore dead. */}
      <iframe
        className="preview-frame"
        title="The e-mail"
        sandbox=""
        srcDoc={`<base target="_blank">${preview.html}`}
      />
      <p className="mail-foot">
        <Icon name="returned" size={15} />
        <span>
          The button leads to <strong>{preview.link_to}</strong>
        </span>
      </p>
    </div>
  );
}

/** senderOf is a From as mail programs show it: without the quotes around the name. */
const senderOf = (from: string) => from.replace(/^"(.*)"(?= <)/, "$1");

function usePreview(appId: string, draft: Draft) {
  const { api } = useSession();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState("");
  const body = JSON.stringify(toSend(draft));
  const first = preview === null;
  useEffect(() => {
    const request = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          const path = `/apps/${encodeURIComponent(appId)}/web-chat/preview`;
          setPreview(await api.post<Preview>(path, JSON.parse(body), request.signal));
          setError("");
        } catch (err) {
          if (aborted(err)) return;
          const invalid = err instanceof ApiError && err.code === "invalid";
          setError(invalid ? `The preview waits: ${textOf(err)}` : textOf(err));
        }
      },
      first ? 0 : 500,
    );
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [api, appId, body, first]);
  return { preview, error };
}
