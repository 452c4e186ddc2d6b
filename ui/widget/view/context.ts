import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Chat } from "../model/chat";
import type { Ending } from "../model/ending";
import type { Part } from "../model/part";
import type { Attach } from "./attach";

/** Parts is what the views show: the chat, and what has grown around it. */
export interface Parts {
  chat: Chat;
  ending: Ending;
  attach: Attach;
  cards: Part<typeof import("./cards")>;
  format: Part<typeof import("./Formatted")>;
}

export const PartsContext = createContext<Parts | null>(null);

export function useParts(): Parts {
  return useContext(PartsContext) as Parts;
}

/** useChat returns the chat that the panel shows. */
export function useChat(): Chat {
  return useParts().chat;
}
