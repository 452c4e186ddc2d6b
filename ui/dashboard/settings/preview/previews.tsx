import { Tabs } from "radix-ui";
import type { App, Look } from "../../../shared/agent";
import type { Draft } from "../draft";
import { MailPreview } from "../mail-preview";
import { PanelPreview } from "./panel-preview";
import "./preview.css";

interface Props {
  app: App;
  draft: Draft;
  look: Look | null;
  /** Whether there is an e-mail to show. */
  mail: boolean;
}

/** Previews shows beside the form what visitors get: the chat, and the e-mail. */
export function Previews({ app, draft, look, mail }: Props) {
  return (
    <aside className="preview" aria-labelledby="preview-title">
      <Tabs.Root defaultValue="chat" className="preview-tabs">
        <div className="preview-head">
          <h2 id="preview-title">Preview</h2>
          {mail && (
            <Tabs.List className="tab-list" aria-label="What to preview">
              <Tabs.Trigger className="tab" value="chat">
                Chat
              </Tabs.Trigger>
              <Tabs.Trigger className="tab" value="mail">
                E-mail
              </Tabs.Trigger>
            </Tabs.List>
          )}
        </div>
        <Tabs.Content value="chat" tabIndex={-1}>
          <PanelPreview app={app} draft={draft} look={look} />
        </Tabs.Content>
        {mail && (
          <Tabs.Content value="mail" tabIndex={-1}>
            <MailPreview appId={app.id} draft={draft} />
          </Tabs.Content>
        )}
      </Tabs.Root>
    </aside>
  );
}
