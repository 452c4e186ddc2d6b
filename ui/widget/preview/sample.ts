import type { Issue, Message, Update } from "../../shared/chat";
import type { Scene } from "../../shared/preview";

const MINUTE = 60_000;

/** sampleOf is a conversation that has come as far as the scene. Its words are not the company's, and in English. */
export function sampleOf(scene: Exclude<Scene, "new">, agent: string): Update {
  const now = Date.now();
  const said: [origin: string, author: string, body: string, before: number][] = [
    ["end-user", "", "Hello! Can I still change the colour of my order?", 9],
    ["agent", agent, "Of course. It has not been packed yet: which one would you like?", 6],
    ["end-user", "", "The green one, please.", 4],
  ];
  if (scene !== "talk") said.push(["agent", agent, "Done. You will get the green one.", 2]);
  const messages = said.map(
    ([origin, author_name, body, before], i): Message => ({
      id: `preview-${i}`,
      seq: i + 1,
      origin,
      author_name,
      body,
      created_at: now - before * MINUTE,
    }),
  );
  const done = scene === "talk" ? {} : { closing: scene === "question" ? "question" : "feedback" };
  const issue: Issue = {
    id: "preview",
    number: 1,
    version: 1,
    state: scene === "talk" ? "agent-replied" : "resolved",
    last_seq: messages.length,
    read_seq: messages.length,
    agent_read_seq: messages.length,
    unread: 0,
    created_at: now - 9 * MINUTE,
    ...done,
  };
  return { type: "update", issue, messages };
}
