import { useCallback, useEffect } from "react";
import type { Webhooks } from "../../../shared/agent";
import { useResync } from "../../live/live";
import { useLoaded } from "../use-loaded";

const calmMs = 15_000;
const busyMs = 3000;

/** pathOf is where the server has a webhook. */
export const pathOf = (id: string) => `/webhooks/${encodeURIComponent(id)}`;

/** useWebhooks is all webhooks, looked at again while the page is in sight: more often while something is on its way. */
export function useWebhooks() {
  const { data, setData, error, retry } = useLoaded<Webhooks>("/webhooks");
  const known = data !== null;
  const busy = data?.webhooks.some((w) => w.waiting > 0 && !w.paused) ?? false;
  useEffect(() => {
    if (!known) return;
    const look = () => document.visibilityState === "visible" && retry();
    const timer = setInterval(look, busy ? busyMs : calmMs);
    return () => clearInterval(timer);
  }, [known, busy, retry]);
  useResync(() => known && retry());
  /** set shows what a change has answered; what was asked for before it is no longer waited for. */
  const set = useCallback(
    (list: Webhooks) => {
      setData(list);
      retry();
    },
    [setData, retry],
  );
  return { webhooks: data?.webhooks ?? null, set, error, retry };
}
