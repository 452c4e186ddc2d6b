import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Chat } from "../model/chat";

export const ChatContext = createContext<Chat | null>(null);

/** useChat returns the chat that the panel shows. */
export function useChat(): Chat {
  return useContext(ChatContext) as Chat;
}
