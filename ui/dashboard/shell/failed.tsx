import { type ReactNode, useEffect, useRef } from "react";
import { useStatus } from "../live/live";
import { Blank } from "../parts/blank";
import { Button } from "../parts/button";

interface Props {
  text: string;
  retry: () => void;
  /** Another way out, beside trying again. */
  also?: ReactNode;
}

/** Failed says why something could not be loaded, and tries again; by itself when the connection is back. */
export function Failed({ text, retry, also }: Props) {
  useBack(retry);
  return (
    <div className="centered" role="alert">
      <Blank
        icon="offline"
        title="This could not be loaded"
        action={
          <div className="blank-actions">
            <Button icon="refresh" onClick={retry}>
              Try again
            </Button>
            {also}
          </div>
        }
      >
        {text}
      </Blank>
    </div>
  );
}

/** useBack calls the newest listener when the connection is back. */
function useBack(listener: () => void) {
  const status = useStatus();
  const before = useRef(status);
  const newest = useRef(listener);
  newest.current = listener;
  useEffect(() => {
    if (status === "online" && before.current !== "online") newest.current();
    before.current = status;
  }, [status]);
}
