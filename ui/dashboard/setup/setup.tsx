import { useEffect, useState } from "react";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { ApiError, textOf } from "../session/api";
import { useSession } from "../session/session";
import { Card } from "../welcome/card";
import { SetupForm } from "./setup-form";

type Looked = "loading" | "open" | "none" | { failed: string; again: boolean };

/** Setup is the first page of a new installation. Who may open it holds the address that the server has printed. */
export function Setup() {
  const token = useFragment();
  const { looked, retry } = useCheck(token);
  if (looked === "open") return <SetupForm token={token} />;
  if (looked === "loading") return <div className="boot" role="status" aria-label="Loading" />;
  if (looked === "none") return <WhereToFind />;
  if (!looked.again) return <WhereToFind text={looked.failed} />;
  return (
    <Card title="This could not be loaded">
      <p className="callout bad" role="alert">
        <Icon name="alert" /> <span>{looked.failed}</span>
      </p>
      <Button icon="refresh" wide onClick={retry}>
        Try again
      </Button>
    </Card>
  );
}

function WhereToFind({ text }: { text?: string }) {
  return (
    <Card title="Set up Rejoin">
      {text && (
        <p className="callout bad" role="alert">
          <Icon name="alert" /> <span>{text}</span>
        </p>
      )}
      <p className="soft">
        A new server prints the address for setting it up when it starts: look into its log, or the terminal,
        for a line with <strong>/setup#</strong>. Each start prints a new one, until the server is set up.
      </p>
      <p className="soft">
        Without access to the log, set it up at the command line: <code className="key">rejoin setup</code>
      </p>
      <a className="text-button sign-in-link" href="/sign-in">
        Go to sign-in
      </a>
    </Card>
  );
}

/** useFragment is what follows the # of the address: it is not sent to servers, and not part of a Referer. */
function useFragment(): string {
  const [fragment, setFragment] = useState(() => location.hash.slice(1));
  useEffect(() => {
    const change = () => setFragment(location.hash.slice(1));
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  return fragment;
}

function useCheck(token: string) {
  const { api } = useSession();
  const [looked, setLooked] = useState<Looked>(token ? "loading" : "none");
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt asks again
  useEffect(() => {
    if (!token) return setLooked("none");
    let current = true;
    setLooked("loading");
    api
      .post("/setup/check", { token })
      .then(() => current && setLooked("open"))
      .catch((err) => {
        const again = !(err instanceof ApiError && err.code === "not_found");
        if (current) setLooked({ failed: textOf(err), again });
      });
    return () => {
      current = false;
    };
  }, [api, token, attempt]);
  return { looked, retry: () => setAttempt((n) => n + 1) };
}
