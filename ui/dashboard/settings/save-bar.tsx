import { Button } from "../parts/button";

/** SaveBar saves a page of settings, or discards what was changed. It stays in sight while there is something to save. */
export function SaveBar({ dirty, busy, discard }: { dirty: boolean; busy: boolean; discard: () => void }) {
  return (
    <div className="save-bar" data-dirty={dirty || undefined}>
      <p role="status">{dirty ? "You have changes that are not saved." : "Everything is saved."}</p>
      <Button kind="quiet" disabled={!dirty || busy} onClick={discard}>
        Discard
      </Button>
      <Button type="submit" kind="primary" disabled={!dirty} busy={busy}>
        {busy ? "Saving…" : "Save"}
      </Button>
    </div>
  );
}
