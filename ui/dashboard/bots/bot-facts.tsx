import type { BotLine } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { botKinds } from "./words";

/** BotFace is the sign of a kind of bot. */
export function BotFace({ kind }: { kind: string }) {
  return (
    <span className="bot-face">
      <Icon name={kind === "feedback" ? "star" : "bot"} size={20} />
    </span>
  );
}

/** lineFacts are what the list says about a bot. */
export function lineFacts(bot: BotLine): string[] {
  const kind = botKinds[bot.kind]?.name ?? bot.kind;
  const steps = bot.steps === 1 ? "1 step" : `${bot.steps} steps`;
  return [kind, steps, ...(bot.running > 0 ? [runningWords(bot.running)] : [])];
}

/** runningWords says in how many conversations a bot is. */
export const runningWords = (n: number) =>
  n === 1 ? "in 1 conversation right now" : `in ${n.toLocaleString()} conversations right now`;
