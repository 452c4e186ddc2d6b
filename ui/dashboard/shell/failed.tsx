import type { ReactNode } from "react";
import { Blank } from "../parts/blank";
import { Button } from "../parts/button";

interface Props {
  text: string;
  retry: () => void;
  /** Another way out, beside trying again. */
  also?: ReactNode;
}

/** Failed says why something could not be loaded, and tries again. */
export function Failed({ text, retry, also }: Props) {
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
