import { Blank } from "../parts/blank";
import { Button } from "../parts/button";

/** Failed says why something could not be loaded, and tries again. */
export function Failed({ text, retry }: { text: string; retry: () => void }) {
  return (
    <div className="centered" role="alert">
      <Blank
        icon="offline"
        title="This could not be loaded"
        action={
          <Button icon="refresh" onClick={retry}>
            Try again
          </Button>
        }
      >
        {text}
      </Blank>
    </div>
  );
}
