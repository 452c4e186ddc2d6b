import { Dialog } from "radix-ui";
import type { Detail, Row } from "../../shared/agent";
import { nameOf } from "../inbox/rows";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { nameOf as platformName } from "../settings/platforms/words";
import type { Change } from "../thread/use-thread";
import { full, languageName, timeIn } from "../time/format";
import { useNow } from "../time/ticking";
import "./context.css";
import { DataMenu } from "./data-menu";
import { Device } from "./device";
import { Fact, Group, Outside } from "./facts";
import { FieldsForm } from "./fields-form";
import { PreviousIssues } from "./previous";
import { Sessions } from "./sessions";
import { TagsEditor } from "./tags-editor";
import { About, Email, Identity, Said } from "./told";

interface Props {
  issue: Row;
  detail: Detail;
  change: Change;
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

function Context({ issue, detail, change }: Props) {
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
        <DataMenu key={user.id} user={user} name={nameOf(issue)} />
      </div>
      <Identity issue={issue} detail={detail} />
      <Group title="Contact">
        <Fact name="E-mail">
          <Email user={user} />
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
      <About issue={issue} detail={detail} />
      <TagsEditor key={`tags-${issue.id}`} issue={issue} change={change} />
      <FieldsForm key={`fields-${issue.id}`} form={detail.form} change={change} />
      <PreviousIssues key={`previous-${issue.id}`} issueId={issue.id} />
      <Said detail={detail} />
      <Group title="Where it began">
        <Fact name="Page">
          {detail.start_url && <Outside url={detail.start_url} text={meta.page.title || detail.start_url} />}
        </Fact>
        <Fact name="Came from">
          {meta.page.referrer && <Outside url={meta.page.referrer} text={meta.page.referrer} />}
        </Fact>
        <Fact name="Platform">{platformName(issue.platform)}</Fact>
        <Fact name="Started">{full(issue.created_at)}</Fact>
      </Group>
      <Device meta={meta} />
      <Sessions key={user.id} userId={user.id} />
    </div>
  );
}
