// What a bot's message asks for.

import type { Message } from "../../shared/chat";
import type { ChatThread } from "./threads";

/** Kind is what a question takes: name or email for the Identity Bot, or one of the types of Input. */
export type Kind = "name" | "email" | "text" | "number" | "date" | "yes_no" | "choice" | "file" | "stars";

/** kindOf tells what a message asks for. */
export function kindOf({ ask, input }: Message): Kind {
  return (ask === "answer" ? input?.type : ask) as Kind;
}

/** fileAsked returns the seq of the question for files that is open in a conversation. */
export function fileAsked(thread: ChatThread | undefined): number | undefined {
  const { asking, asked_seq } = thread?.issue ?? {};
  const file = (m: Message) => m.seq === asked_seq && kindOf(m) === "file";
  return asking && thread?.messages.some(file) ? asked_seq : undefined;
}
