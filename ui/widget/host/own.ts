import { arrivalIn } from "../../sdk/config";
import { openStore } from "../../sdk/storage";
import type { Call } from "../../shared/bridge";
import type { Host } from "./host";

/** ownHost is our own page: the chat in the whole window, always open. */
export function ownHost(platformID: string, title: string): Host {
  const store = openStore(`rejoin:${platformID}:`);

  function arrival(): Call[] {
    const found = arrivalIn(location.hash);
    if (!found) return [];
    history.replaceState(history.state, "", location.pathname + location.search + found.rest);
    return [{ name: "arrive", args: { 0: found.token } }];
  }

  return {
    listen(to) {
      const open = () => to.opening({ stored: store.all(), config: {}, calls: arrival() });
      open();
      to.shown(true, false);
      addEventListener("pageshow", (e) => e.persisted && open());
      addEventListener("hashchange", () => arrival().forEach((call) => void to.command(call)));
    },
    keep: (key, value) => Promise.resolve(store.set(key, value)),
    page: () => ({ url: location.href, title: document.title, referrer: document.referrer }),
    open() {},
    close() {},
    reload() {},
    event(name, data) {
      if (name !== "newUnreadMessages") return;
      const { unreadCount } = data as { unreadCount: number };
      document.title = unreadCount > 0 ? `(${unreadCount}) ${title}` : title;
    },
  };
}
