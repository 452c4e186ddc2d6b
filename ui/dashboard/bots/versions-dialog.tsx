import { Dialog } from "radix-ui";
import { useState } from "react";
import type { BotVersion, BotVersions, RuleOptions } from "../../shared/agent";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { useLoaded } from "../settings/use-loaded";
import { full, moment } from "../time/format";
import { useNow } from "../time/ticking";
import { useBench } from "./bench";
import { differenceOf } from "./diff";
import { answersOf } from "./placeholders";
import { ChangeList } from "./publish-dialog";
import type { Builder } from "./use-bot";
import { kinds, titleOf } from "./words";

/** VersionsDialog lists what was published, shows it, and takes one back as the draft. */
export function VersionsDialog({ builder, close }: { builder: Builder; close: () => void }) {
  const { options, put } = useBench();
  const notify = useNotify();
  const { data, error, retry } = useLoaded<BotVersions>(`${builder.path}/versions`);
  const take = (v: BotVersion) => {
    put(structuredClone(v.script));
    notify(`Version ${v.version} is your draft now. Undo brings back what was there.`);
    close();
  };
  return (
    <Dialog.Root open onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog versions" aria-describedby={undefined}>
          <div className="versions-head">
            <Dialog.Title asChild>
              <h2>Versions</h2>
            </Dialog.Title>
            <Dialog.Close asChild>
              <Button kind="quiet" size="small" icon="x" aria-label="Close" />
            </Dialog.Close>
          </div>
          <p>A conversation finishes on the version it began with.</p>
          {error && (
            <p className="callout bad" role="alert">
              {error}{" "}
              <button type="button" className="text-button" onClick={retry}>
                Try again
              </button>
            </p>
          )}
          {!data && !error && (
            <span className="skeleton changes-skeleton" role="status" aria-label="Loading" />
          )}
          <ol className="version-list">
            {data?.versions.map((v, i) => (
              <Version
                key={v.version}
                version={v}
                before={data.versions[i + 1]}
                options={options}
                take={() => take(v)}
              />
            ))}
          </ol>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface VersionProps {
  version: BotVersion;
  before?: BotVersion;
  options: RuleOptions;
  take: () => void;
}

function Version({ version: v, before, options, take }: VersionProps) {
  const now = useNow(60_000);
  const [open, setOpen] = useState(false);
  const answers = answersOf(v.script.steps);
  const running =
    v.running === 1 ? "1 conversation runs on it" : `${v.running.toLocaleString()} conversations run on it`;
  return (
    <li className="version">
      <div className="version-head">
        <button type="button" className="version-open" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="right" size={14} className="limits-arrow mirror" />
          <strong>Version {v.version}</strong>
        </button>
        <span className="faint small" title={full(v.published_at)}>
          {moment(now, v.published_at)} by {v.published_by}
        </span>
        <Button size="small" onClick={take}>
          Take back as draft
        </Button>
      </div>
      {v.running > 0 && <p className="help">{running}.</p>}
      {open && (
        <div className="version-body">
          {before && <ChangeList change={differenceOf(before.script, v.script, options)} />}
          <ol className="version-steps">
            {v.script.steps.map((s) => (
              <li key={s.id} dir="auto">
                <span className="faint">{kinds[s.kind as keyof typeof kinds]?.name ?? s.kind}: </span>
                {titleOf(s, options, answers)}
              </li>
            ))}
          </ol>
        </div>
      )}
    </li>
  );
}
