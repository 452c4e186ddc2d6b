import { Dialog } from "radix-ui";
import { type ReactNode, useId } from "react";
import type { Detail, Row } from "../../shared/agent";
import { nameOf } from "../inbox/rows";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { full, languageName, timeIn } from "../time/format";
import { useNow } from "../time/ticking";
import "./context.css";

interface Props {
  issue: Row;
  detail: Detail;
}

/** ContextColumn stands beside the conversation on wide screens; ContextSheet slides in on smaller ones. */
export function ContextColumn(props: Props) {
  return (
    <aside className="context-column" aria-label="About the visitor">
      <Context {...props} />
    </aside>
  );
}

export function ContextSheet({ open, onOpenChange, ...props }: Props & SheetProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="context-sheet" aria-describedby={undefined}>
          <Dialog.Title className="hidden-text">About the visitor</Dialog.Title>
          <Dialog.Close asChild>
            <Button kind="quiet" icon="x" aria-label="Close" className="context-close" />
          </Dialog.Close>
          <Context {...props} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface SheetProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

function Context({ issue, detail }: Props) {
  const { user } = issue;
  const { meta } = detail;
  const now = useNow(30_000);
  const zone = user.timezone || meta.timezone;
  const local = timeIn(zone, now);
  const language = meta.language || user.language;
  return (
    <div className="context">
      <div className="context-who">
        <Avatar id={user.id} name={user.name} />
        <div>
          <p className="context-name">{nameOf(issue)}</p>
          {!user.name && <p className="faint small">Gave no name yet</p>}
        </div>
      </div>
      <Group title="Contact">
        <Fact name="E-mail">
          {user.email ? (
            <>
              {user.email}
              {user.email_source === "typed" && (
                <span className="context-note">
                  <Icon name="info" size={13} /> Typed by the visitor, not verified
                </span>
              )}
            </>
          ) : (
            <span className="faint">Not known</span>
          )}
        </Fact>
        <Fact name="Language">{language && languageName(language)}</Fact>
        <Fact name="Local time">
          {local && (
            <>
              {local} <span className="faint">· {zone}</span>
            </>
          )}
        </Fact>
      </Group>
      <Group title="Where it began">
        <Fact name="Page">
          {detail.start_url && <Outside url={detail.start_url} text={meta.page.title || detail.start_url} />}
        </Fact>
        <Fact name="Came from">
          {meta.page.referrer && <Outside url={meta.page.referrer} text={meta.page.referrer} />}
        </Fact>
        <Fact name="Started">{full(issue.created_at)}</Fact>
      </Group>
      <Group title="Device">
        <Fact name="Browser">{[meta.browser.name, meta.browser.version].filter(Boolean).join(" ")}</Fact>
        <Fact name="System">{[meta.os.name, meta.os.version].filter(Boolean).join(" ")}</Fact>
        <Fact name="Device">{meta.device && meta.device.charAt(0).toUpperCase() + meta.device.slice(1)}</Fact>
        <Fact name="Screen">{meta.screen}</Fact>
      </Group>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

/** Fact is one known thing; what is not known is left out. */
function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Outside is a link to a page that a visitor's browser named: it opens only if it is a web page, and tells it nothing of us. */
function Outside({ url, text }: { url: string; text: string }) {
  if (!/^https?:\/\//i.test(url)) return <>{url}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" title={url} className="context-link">
      <span>{text}</span>
      <Icon name="external" size={13} />
      <span className="hidden-text"> (opens in a new tab)</span>
    </a>
  );
}
