import { useRef, useState } from "react";
import type { RunningBot } from "../../shared/agent";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { runningText } from "./bot-words";
import type { Act } from "./header";

/** BotStrip says that a bot is talking with the visitor, and stops it. */
export function BotStrip({ bot, act }: { bot: RunningBot; act: Act }) {
  const [busy, setBusy] = useState(false);
  const strip = useRef<HTMLDivElement>(null);
  const stop = () => {
    const heading = strip.current?.closest("section")?.querySelector("h1");
    setBusy(true);
    act("bot", { bot_id: "" }).finally(() => {
      setBusy(false);
      heading?.focus(); // the strip goes
    });
  };
  return (
    <div ref={strip} className="bot-strip" role="status">
      <Icon name="bot" size={16} />
      <p>
        {runningText(bot)} <span className="faint">What you write takes over.</span>
      </p>
      <Button size="small" busy={busy} onClick={stop}>
        Stop it
      </Button>
    </div>
  );
}
