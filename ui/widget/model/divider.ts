import { effect, signal } from "@preact/signals";
import type { Chat } from "./chat";

/**
 * dividerOf tells after which seq "New" is shown. Behind a closed panel or in a hidden tab it follows what is unread; before
 * somebody's eyes it stands still, until they write or turn to another conversation.
 */
export function dividerOf({ open, visible, threads, outbox }: Chat) {
  const divider = signal<number | null>(null);
  let last: string | null = null;
  effect(() => {
    const shown = threads.shown.value;
    const thread = threads.thread.value;
    const unread = thread ? threads.unreadOf(thread) > 0 : false;
    const looking = open.value && visible.value;
    if (!looking || shown !== last)
      // What was answered, or read in another tab, the server alone knows as read.
      divider.value = thread && unread ? Math.max(threads.seen.peek(), thread.issue.read_seq) : null;
    else if (outbox.entries.value.length > 0) divider.value = null;
    last = shown;
  });
  return divider;
}
