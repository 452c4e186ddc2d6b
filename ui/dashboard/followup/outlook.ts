import type { Detail, Outlook, Row } from "../../shared/agent";
import type { IconName } from "../parts/icon";
import { spoken } from "../time/duration";
import { because } from "./words";

/** Forecast is what will happen with what the agent is about to write, in one line. */
export interface Forecast {
  icon: IconName;
  tone: "plain" | "warn";
  text: string;
  canAsk: boolean;
}

type Facts = Pick<Detail, "outlook"> & { issue: Pick<Row, "user"> };

/** forecastOf says it in words. Whoever has the conversation open reads it there; the e-mail is for those who do not. */
export function forecastOf({ outlook: o, issue: { user } }: Facts): Forecast {
  const name = user.name || "The visitor";
  const here = user.presence === "active" ? `${name} is here now. ` : "";
  if (o.bounced) {
    return make("alert", `The last e-mail to ${o.address} was refused. ${later(o, name)}`, { tone: "warn" });
  }
  if (o.action === "skip" && o.reason === "no_address") {
    const text = here
      ? `${here}No address is known for later.`
      : `No address known: ${name} reads it when coming back.`;
    return make("mail", text, { tone: here ? "plain" : "warn", canAsk: o.can_ask });
  }
  const icon = here ? "eye" : o.action === "skip" ? "chat" : "mail";
  return make(icon, here + later(o, name), {});
}

function make(icon: IconName, text: string, more: { tone?: Forecast["tone"]; canAsk?: boolean }): Forecast {
  return { icon, text, tone: more.tone ?? "plain", canAsk: more.canAsk ?? false };
}

/** Waiting for these is the plain course of things and needs no reason. */
const usual = new Set(["window", "online", "due", "max_postponed"]);

/** later is what happens if the message stays unread. */
function later(o: Outlook, name: string): string {
  const to = o.address || name;
  const why = because(o.reason);
  switch (o.action) {
    case "send":
      return `Will be mailed to ${to} at once.`;
    case "wait":
      if (o.reason === "held") return "No e-mail goes out while it is held.";
      if (!o.seconds) return `Will be mailed to ${to} later${why ? `: ${why}` : ""}.`;
      return `Will be mailed to ${to} in ${roughly(o.seconds)} if unread${usual.has(o.reason) || !why ? "" : `: ${why}`}.`;
    default:
      return why && o.reason !== "read" ? `No e-mail: ${why}.` : "No e-mail.";
  }
}

/** roughly leaves out the seconds of long times. */
function roughly(seconds: number): string {
  if (seconds < 120) return spoken(seconds);
  return spoken(seconds < 7200 ? Math.round(seconds / 60) * 60 : Math.round(seconds / 3600) * 3600);
}
