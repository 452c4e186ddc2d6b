import { useState } from "react";
import type { FollowUpSettings, Simulation } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { zone } from "../../reports/period";
import { ApiError, textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { Outcome } from "./outcome";
import "./simulator.css";

const choices = [
  { days: 7, name: "the last 7 days" },
  { days: 28, name: "the last 4 weeks" },
  { days: 90, name: "the last 90 days" },
];

interface Props {
  appId: string;
  /** As they stand in the form, saved or not. */
  settings: FollowUpSettings;
}

/** Simulator lives through the last weeks again with the settings of the form, before they are saved. */
export function Simulator({ appId, settings }: Props) {
  const { api } = useSession();
  const [days, setDays] = useState(28);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const [result, setResult] = useState<{ of: string; simulation: Simulation } | null>(null);
  const asked = JSON.stringify([settings, days]);
  const run = async () => {
    setBusy(true);
    setProblem("");
    try {
      const body = { follow_up: settings, days, zone: zone() };
      const simulation = await api.post<Simulation>(`/apps/${encodeURIComponent(appId)}/simulate`, body);
      setResult({ of: asked, simulation });
    } catch (err) {
      const field = err instanceof ApiError && err.field;
      setProblem(field ? `Correct the settings first: ${textOf(err)}` : textOf(err));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="card simulator" aria-labelledby="simulator-title">
      <div className="card-head">
        <div>
          <h2 id="simulator-title">Try it on the last weeks</h2>
          <p className="help">
            See which e-mails your conversations would have got with the settings above. Nothing is saved, and
            nothing is mailed.
          </p>
        </div>
      </div>
      <div className="simulator-ask">
        <div className="select-box">
          <select
            className="select"
            aria-label="Period"
            value={days}
            onChange={(e) => setDays(Number(e.target.value))}
          >
            {choices.map((c) => (
              <option key={c.days} value={c.days}>
                {c.name}
              </option>
            ))}
          </select>
          <Icon name="down" size={16} />
        </div>
        <Button icon="play" busy={busy} onClick={run}>
          {busy ? "Working…" : result ? "Try again" : "Try"}
        </Button>
      </div>
      {problem && <FieldError text={problem} />}
      <div aria-live="polite">
        {result && result.of !== asked && (
          <p className="callout warn small">
            You have changed something since. Try again to see what it does.
          </p>
        )}
      </div>
      {result && (
        <div className="simulator-result" data-old={result.of !== asked || undefined}>
          <Outcome simulation={result.simulation} />
        </div>
      )}
    </section>
  );
}
