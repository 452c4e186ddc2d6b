import { useState } from "react";
import type { Thread } from "../../shared/agent";
import { Button } from "../parts/button";
import { Icon, type IconName } from "../parts/icon";
import { useNow } from "../time/ticking";
import { type BarAction, barOf } from "./bar-model";
import "./bar.css";

const buttons: Record<BarAction, { text: string; icon: IconName }> = {
  send_now: { text: "Send now", icon: "send" },
  hold: { text: "Hold", icon: "hold" },
  release: { text: "Release", icon: "play" },
};

interface Props {
  issue: Thread["issue"];
  detail: Thread["detail"];
  act: (action: BarAction) => Promise<void>;
}

/** FollowUpBar tells what happens by e-mail if the visitor does not come back, and lets the agent decide. */
export function FollowUpBar({ issue, detail, act }: Props) {
  const now = useNow(500);
  const [busy, setBusy] = useState<BarAction | null>(null);
  const bar = barOf(issue.follow_up, detail.decision, now);
  if (!bar) return null;
  const press = (action: BarAction) => {
    setBusy(action);
    void act(action).finally(() => setBusy(null));
  };
  return (
    <section className={`follow-up ${bar.tone}`} aria-label="Follow-up by e-mail">
      <Icon name={bar.icon} />
      <div className="follow-up-words">
        <p className="hidden-text" role="status">
          {bar.spoken}
        </p>
        <p className="follow-up-title" aria-hidden="true">
          {bar.title}
          {bar.tone === "good" && bar.steps.map((step) => <span key={step}> · {step}</span>)}
        </p>
        {bar.tone === "good" && <p className="hidden-text">{bar.steps.join(", ")}</p>}
        {bar.note && <p className="follow-up-note">{bar.note}</p>}
        {bar.tone !== "good" && bar.steps.map((step) => <code key={step}>{step}</code>)}
      </div>
      {bar.actions.length > 0 && (
        <div className="follow-up-actions">
          {bar.actions.map((action) => (
            <Button
              key={action}
              size="small"
              icon={buttons[action].icon}
              busy={busy === action}
              disabled={busy !== null}
              onClick={() => press(action)}
            >
              {buttons[action].text}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
