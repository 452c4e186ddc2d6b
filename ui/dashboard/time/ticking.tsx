import { useEffect, useState } from "react";
import { useLive } from "../live/live";
import { full, short } from "./format";

/** useNow is the server's time, renewed every so many milliseconds while the component is shown. */
export function useNow(every: number): number {
  const { clock } = useLive();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const tick = () => setNow(clock.now());
    tick();
    const timer = setInterval(tick, every);
    return () => clearInterval(timer);
  }, [clock, every]);
  return now;
}

/** Moment is the time of an inbox row, kept fresh. */
export function Moment({ at }: { at: number }) {
  const now = useNow(15_000);
  return (
    <time dateTime={new Date(at).toISOString()} title={full(at)}>
      {short(now, at)}
    </time>
  );
}
