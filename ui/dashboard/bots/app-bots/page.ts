import type { BotWords, IdentityBot, IdentityBotPage, LocalText } from "../../../shared/agent";
import { tidied } from "../../texts/local-text";
import { spelled } from "../diff";

/** The texts of the Identity Bot, in the order in which they are said. */
export const texts = ["nickname", "ask_name", "ask_email", "thanks"] as const;
export type TextName = (typeof texts)[number];

/** toSend is the page as the server takes it: texts that were left empty are our own words. */
export function toSend({ on, identity_bot, feedback_bot_id }: IdentityBotPage): IdentityBotPage {
  const bot: IdentityBot = { ...identity_bot };
  for (const name of texts) {
    const text = bot[name] && tidied(bot[name]);
    if (text && (text.text.trim() || text.in)) bot[name] = text;
    else delete bot[name];
  }
  return { on, identity_bot: bot, feedback_bot_id };
}

/** isDirty reports whether saving would change anything. */
export const isDirty = (a: IdentityBotPage, b: IdentityBotPage) => spelled(toSend(a)) !== spelled(toSend(b));

/** saidOf is what visitors of a language read: the company's text for it, the one for everybody else, or our own words. */
export function saidOf(page: IdentityBotPage, name: TextName, language: string): string {
  const text: LocalText | undefined = page.identity_bot[name];
  return text?.in?.[language] || text?.text || ownWords(page.words, name, language);
}

/** ownWords are what we say in a language; in English where we do not know it. */
export const ownWords = (words: Record<string, BotWords> | undefined, name: TextName, language: string) =>
  (words?.[language] ?? words?.en)?.[name] ?? "";

/** Line is one message of an example conversation. */
export interface Line {
  from: "bot" | "visitor";
  text: string;
}

/** exampleOf is how it goes with somebody whom nobody knows. */
export function exampleOf(page: IdentityBotPage, language: string): Line[] {
  const { when, name, email } = page.identity_bot;
  const bot = (text: TextName): Line => ({ from: "bot", text: saidOf(page, text, language) });
  const asked: Line[] = [
    ...(name ? [bot("ask_name"), { from: "visitor" as const, text: "Nora Lind" }] : []),
    ...(email ? [bot("ask_email"), { from: "visitor" as const, text: "nora@example.org" }] : []),
  ];
  const first: Line = { from: "visitor", text: "…" };
  if (!page.on || asked.length === 0) return [first];
  return when === "before" ? [...asked, first] : [first, ...asked, bot("thanks")];
}
