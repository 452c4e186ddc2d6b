// What the chat keeps in this browser. It lives in the host page's storage, under one prefix per platform, because a frame's own
// storage is partitioned and may not last.

export interface Store {
  /** all returns what is kept, without the prefix, or null if the browser refuses. */
  all(): Record<string, string> | null;
  /** set keeps a value, or drops it if null, and reports whether that will last. */
  set(key: string, value: string | null): boolean;
}

/** openStore touches nothing: nothing is written before the first message. */
export function openStore(prefix: string): Store {
  return {
    all() {
      const found: Record<string, string> = {};
      try {
        for (const key in localStorage) {
          if (key.startsWith(prefix)) found[key.slice(prefix.length)] = localStorage[key];
        }
        return found;
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        if (value === null) localStorage.removeItem(prefix + key);
        else localStorage.setItem(prefix + key, value);
        return true;
      } catch {
        return false;
      }
    },
  };
}
