import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import type { Builder } from "./use-bot";

/** SavingNotice says what keeps the draft from being saved, and what to do about it. */
export function SavingNotice({ builder }: { builder: Builder }) {
  const { saving, settle, save } = builder;
  if (saving.state === "conflict") {
    return (
      <div className="callout warn saving-notice" role="alert">
        <Icon name="alert" />
        <div>
          <p>{saving.text}</p>
          <div className="saving-choices">
            <Button size="small" onClick={() => void settle("theirs")}>
              Show what they have saved
            </Button>
            <Button size="small" onClick={() => void settle("mine")}>
              Keep what is on my screen
            </Button>
          </div>
        </div>
      </div>
    );
  }
  if (saving.state !== "failed" || saving.field === "name") return null;
  return (
    <div className="callout bad saving-notice" role="alert">
      <Icon name="alert" />
      <div>
        <p>
          {saving.text} {saving.again && "We try again by ourselves."}
        </p>
        <div className="saving-choices">
          <Button size="small" onClick={() => void save()}>
            Try now
          </Button>
        </div>
      </div>
    </div>
  );
}
