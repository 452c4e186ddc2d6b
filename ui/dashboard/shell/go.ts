import { views } from "../inbox/views";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import type { Shortcuts } from "../shortcuts/keys";
import { useShortcuts } from "../shortcuts/shortcuts";

/** useGoing makes "g" and a letter lead to the views of the inbox from everywhere. */
export function useGoing() {
  const { navigate } = useRouter();
  const shortcuts: Shortcuts = {};
  for (const { key, name, search } of views) {
    shortcuts[`g ${key}`] = { label: name, group: "Go to", run: () => navigate(paths.inbox + search) };
  }
  useShortcuts(shortcuts);
}
