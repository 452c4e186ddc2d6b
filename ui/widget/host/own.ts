import { arrivalIn } from "../../sdk/config";
import { openStore } from "../../sdk/storage";
import type { Host } from "./host";

/** ownHost is our own page: the chat in the whole window, always open. */
export function ownHost(platformID: string, title: string): Host {
  const store = openStore(`rejoin:${platformID}:`);

  function arrival(): string {
    const found = arrivalIn(location.hash);
    if (!found) return "";
    history.replaceState(history.state, "", location.pathname + location.search + found.rest);
    return found.token;
  }

  return {
    listen(to) {
      const open = () =>
        to.opening({
          stored: store.all(),
          durable: store.durable,
          arrival: arrival(),
          dir: getComputedStyle(document.documentElement).direction,
        });
      open();
      to.shown(true, false);
      addEventListener("pageshow", (e) => e.persisted && open());
      addEventListener("hashchange", () => arrivalIn(location.hash) && open());
    },
    keep(key, value) {
      store.set(key, value);
      return Promise.resolve(store.durable);
    },
    page: () => ({ url: location.href, title: document.title, referrer: document.referrer }),
    open() {},
    close() {},
    event(name, data) {
      if (name !== "newUnreadMessages") return;
      const { unreadCount } = data as { unreadCount: number };
      document.title = unreadCount > 0 ? `(${unreadCount}) ${title}` : title;
    },
  };
}
