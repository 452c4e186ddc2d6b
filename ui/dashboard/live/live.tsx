import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { Frame, Watch } from "../../shared/agent";
import { useSession } from "../session/session";
import { ServerClock } from "./clock";
import { LiveSocket, type Status } from "./socket";

interface Live {
  clock: ServerClock;
  /** onFrame and onResync return what ends the subscription. */
  onFrame: (listener: (frame: Frame) => void) => () => void;
  onResync: (listener: () => void) => () => void;
  watch: (cursor: (() => Watch) | null) => void;
}

const Context = createContext<Live | null>(null);
const StatusContext = createContext<Status>("connecting");

export function useLive(): Live {
  const live = useContext(Context);
  if (!live) throw new Error("useLive needs a LiveProvider");
  return live;
}

/** useStatus is how the connection stands. */
export const useStatus = () => useContext(StatusContext);

/** useFrames calls the newest listener for every frame; useResync when what was missed has to be fetched. */
export function useFrames(listener: (frame: Frame) => void) {
  const { onFrame } = useLive();
  const newest = useRef(listener);
  newest.current = listener;
  useEffect(() => onFrame((frame) => newest.current(frame)), [onFrame]);
}

export function useResync(listener: () => void) {
  const { onResync } = useLive();
  const newest = useRef(listener);
  newest.current = listener;
  useEffect(() => onResync(() => newest.current()), [onResync]);
}

export function LiveProvider({ children }: { children: ReactNode }) {
  const { check } = useSession();
  const [status, setStatus] = useState<Status>("connecting");
  const [live, socket] = useMemo(() => make(setStatus, check), [check]);
  useEffect(() => {
    socket.start();
    return () => socket.stop();
  }, [socket]);
  return (
    <Context.Provider value={live}>
      <StatusContext.Provider value={status}>{children}</StatusContext.Provider>
    </Context.Provider>
  );
}

function make(status: (s: Status) => void, failed: () => void): [Live, LiveSocket] {
  const clock = new ServerClock();
  const frames = new Set<(frame: Frame) => void>();
  const resyncs = new Set<() => void>();
  const socket = new LiveSocket({
    status,
    failed,
    frame: (frame) => {
      if (frame.server_time) clock.set(frame.server_time);
      for (const f of frames) f(frame);
    },
    resync: () => {
      for (const f of resyncs) f();
    },
  });
  const live: Live = {
    clock,
    onFrame: (f) => {
      frames.add(f);
      return () => frames.delete(f);
    },
    onResync: (f) => {
      resyncs.add(f);
      return () => resyncs.delete(f);
    },
    watch: (cursor) => socket.watch(cursor),
  };
  return [live, socket];
}
