import { useEffect } from "react";
import type { App } from "../../../shared/agent";
import { Icon } from "../../parts/icon";
import { Link } from "../../router/router";
import { useMe, useSession } from "../../session/session";
import { type Step, stepsOf } from "./steps";
import "./start.css";

const LOOK_EVERY = 4000;

/** Checklist leads from a new app to one in use, and is gone once everything is done. It follows what happens elsewhere. */
export function Checklist({ app, set }: { app: App; set: (app: App) => void }) {
  const me = useMe();
  const steps = stepsOf(app, me.features.includes("follow-up-email"));
  const open = steps.filter((s) => !s.done).length;
  useFollowing(app.id, open > 0, set);
  if (open === 0) return null;
  return (
    <section className="card" aria-labelledby="start">
      <div className="card-head">
        <h2 id="start">Get started</h2>
        <span className="chip">
          {steps.length - open} of {steps.length} done
        </span>
      </div>
      <ol className="steps" aria-live="polite" aria-relevant="text">
        {steps.map((step) => (
          <StepLine key={step.title} step={step} />
        ))}
      </ol>
    </section>
  );
}

function StepLine({ step: { title, text, done, link } }: { step: Step }) {
  return (
    <li className="step" data-done={done || undefined}>
      <span className="step-mark" aria-hidden="true">
        {done && <Icon name="check" size={15} />}
      </span>
      <div>
        <strong>
          {title}
          {done && <span className="hidden-text"> (done)</span>}
        </strong>
        <span className="help">{text}</span>
      </div>
      {link && !done && (
        <Link className="button small" href={link.href}>
          {link.text}
        </Link>
      )}
    </li>
  );
}

/** useFollowing asks again and again while somebody looks and something is still to be done. */
function useFollowing(id: string, on: boolean, set: (app: App) => void) {
  const { api } = useSession();
  useEffect(() => {
    if (!on) return;
    const request = new AbortController();
    const timer = setInterval(() => {
      if (document.visibilityState !== "visible") return;
      api
        .get<App>(`/apps/${encodeURIComponent(id)}`, request.signal)
        .then(set)
        .catch(() => undefined); // the next time may be better
    }, LOOK_EVERY);
    return () => {
      clearInterval(timer);
      request.abort();
    };
  }, [api, id, on, set]);
}
