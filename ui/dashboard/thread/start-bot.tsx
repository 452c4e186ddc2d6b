import { Dialog } from "radix-ui";
import type { Bots } from "../../shared/agent";
import { Button } from "../parts/button";
import { Picker } from "../parts/picker";
import { useLoaded } from "../settings/use-loaded";

interface Props {
  start: (id: string) => void;
  close: () => void;
  /** Where the focus goes afterwards. */
  back: () => HTMLElement | null;
}

/** StartBotDialog chooses the bot that goes on with the visitor: one that is published. */
export function StartBotDialog({ start, close, back }: Props) {
  const { data, error, retry } = useLoaded<Bots>("/bots");
  const ready = data?.bots.filter((b) => b.kind === "custom" && b.version > 0 && !b.archived) ?? [];
  return (
    <Dialog.Root open onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="dialog"
          aria-describedby={undefined}
          onCloseAutoFocus={(e) => {
            e.preventDefault();
            back()?.focus();
          }}
        >
          <Dialog.Title asChild>
            <h2>Start a bot</h2>
          </Dialog.Title>
          {error ? (
            <p role="alert">
              {error}{" "}
              <button type="button" className="text-button" onClick={retry}>
                Try again
              </button>
            </p>
          ) : !data ? (
            <span className="skeleton start-bot-skeleton" role="status" aria-label="Loading" />
          ) : ready.length === 0 ? (
            <p>There is no published bot yet. Administrators make them in Settings, under Bots.</p>
          ) : (
            <Picker
              label="Bots"
              placeholder="Find a bot"
              items={ready.map((b) => ({ value: b.id, label: b.name, icon: "bot" }))}
              onPick={start}
            />
          )}
          <div className="dialog-actions">
            <Button onClick={close}>Cancel</Button>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
