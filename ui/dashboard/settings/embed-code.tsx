import { useRef } from "react";
import type { App } from "../../shared/agent";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";

export function EmbedCode({ app }: { app: App }) {
  const code = useRef<HTMLElement>(null);
  const notify = useNotify();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(app.embed_code);
      notify("The code is copied.");
    } catch {
      select(code.current);
      notify("The code is selected: copy it with your keyboard.");
    }
  };
  return (
    <section className="card" aria-labelledby="embed-code">
      <div className="card-head">
        <h2 id="embed-code">Embed code</h2>
        <Button icon="copy" onClick={copy}>
          Copy
        </Button>
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

function select(el: HTMLElement | null) {
  if (el) getSelection()?.selectAllChildren(el);
}
