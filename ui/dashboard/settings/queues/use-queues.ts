import { useRef } from "react";
import type { Queues } from "../../../shared/agent";
import { useFrames, useResync } from "../../live/live";
import { useLoaded } from "../use-loaded";

/** useQueues is the queues, asked for again when who waits, or who is there, may have changed. */
export function useQueues() {
  const loaded = useLoaded<Queues>("/queues");
  const known = useRef(false);
  known.current = loaded.data !== null;
  const again = () => known.current && loaded.retry();
  useFrames((frame) => (frame.type === "counts" || frame.type === "team") && again());
  useResync(again);
  return loaded;
}
