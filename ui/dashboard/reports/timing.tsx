import type { Timing } from "../../shared/agent";
import { Bars } from "../charts/bars";
import { brief, count, share } from "../charts/scale";
import { spoken } from "../time/duration";
import { Card } from "./card";
import type { Scope } from "./frame";

interface Props {
  title: string;
  text: string;
  table: string;
  scope: Scope;
  timing: Timing;
  bounds: number[];
  none: string;
}

/** TimingCard shows how long something took: the middle, the slow end, and all of it as bars. */
export function TimingCard({ timing, bounds, none, ...card }: Props) {
  return (
    <Card {...card}>
      {timing.count === 0 ? (
        <p className="soft">{none}</p>
      ) : (
        <>
          <dl className="report-pair">
            <div>
              <dt>Half took at most</dt>
              <dd>{brief(timing.median)}</dd>
            </div>
            <div>
              <dt>Nine of ten at most</dt>
              <dd>{brief(timing.p90)}</dd>
            </div>
          </dl>
          <Bars
            label={card.title}
            head={["How long", "Conversations", "Share"]}
            bars={timing.buckets.map((n, i) => ({
              key: String(bounds[i] ?? "more"),
              label: bounds[i] === undefined ? "longer" : `up to ${spoken(bounds[i])}`,
              value: n,
              figure: count(n),
              note: share(n, timing.count),
            }))}
          />
        </>
      )}
    </Card>
  );
}
