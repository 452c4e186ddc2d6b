import { useRef } from "react";
import type { App } from "../../shared/agent";
import { CopyButton } from "../parts/copy";
import { Icon } from "../parts/icon";

export function EmbedCode({ app }: { app: App }) {
  const code = useRef<HTMLElement>(null);
  return (
    <section className="card" aria-labelledby="embed-code">
      <div className="card-head">
        <h2 id="embed-code">Embed code</h2>
        <CopyButton text={app.embed_code} what="The code" shown={code} />
      </div>
      <p className="help">
        Put this before the closing &lt;/body&gt; of every page that should have the chat. The page’s origin
        must be among the allowed origins.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it */}
      <pre className="code" tabIndex={0}>
        <code ref={code}>{app.embed_code}</code>
      </pre>
      {app.hosted_url && (
        <p className="small">
          No page of your own? The hosted chat page:{" "}
          <a href={app.hosted_url} target="_blank" rel="noopener noreferrer">
            {app.hosted_url}
            <Icon name="external" size={13} className="inline-icon" />
            <span className="hidden-text"> (opens in a new tab)</span>
          </a>
        </p>
      )}
    </section>
  );
}
