// What the chat keeps in this browser. It lives in the host page's storage, under one prefix per platform, because a frame's own
// storage is partitioned and may not last.

/** Store falls back to memory where the browser refuses; durable tells. */
export interface Store {
  durable: boolean;
  all(): Record<string, string>;
  /** set keeps a value, or drops it if null. */
  set(key: string, value: string | null): void;
}

/** openStore touches the storage only to read: nothing is written before the first message. */
export function openStore(prefix: string): Store {
  const memory: Record<string, string> = {};
  const store: Store = {
    durable: true,
    all() {
      const found = { ...memory };
      try {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith(prefix)) found[key.slice(prefix.length)] = localStorage[key];
        }
      } catch {
        store.durable = false;
      }
      return found;
    },
    set(key, value) {
      delete memory[key];
      try {
        if (value === null) localStorage.removeItem(prefix + key);
        else {
          localStorage.setItem(prefix + key, value);
          store.durable = true;
        }
      } catch {
        if (value !== null) memory[key] = value;
        store.durable = false;
      }
    },
  };
  store.all();
  return store;
}
