import type { SavedReplies, SavedReply } from "../../shared/agent";

/** found are the replies with all words of the query in their title or text; those with them in the title first. */
export function found(list: SavedReply[], query: string): SavedReply[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((w) => text.toLowerCase().includes(w));
  const inTitle = list.filter((r) => has(r.title));
  return [...inTitle, ...list.filter((r) => !inTitle.includes(r) && has(`${r.title} ${r.body}`))];
}

/** byTitle are those of one kind. */
export const shared = ({ replies }: SavedReplies) => replies.filter((r) => r.shared);
export const own = ({ replies }: SavedReplies) => replies.filter((r) => !r.shared);
