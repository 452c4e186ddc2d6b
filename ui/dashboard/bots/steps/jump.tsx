import { Icon } from "../../parts/icon";
import { useBench } from "../bench";
import { END } from "../draft";
import { placeOf } from "../words";

/** Jump names where something leads; pressing it goes there. */
export function Jump({ to }: { to: string }) {
  const { script, kind, options, answers, jump } = useBench();
  const words = placeOf(to, script.steps, kind, options, answers);
  const gone = to !== END && !script.steps.some((s) => s.id === to);
  if (to === END || gone) {
    return (
      <span className="jump" data-gone={gone || undefined}>
        <Icon name="send" size={13} className="mirror" /> {words}
      </span>
    );
  }
  return (
    <button type="button" className="jump" onClick={() => jump(to)} title={`Go to step ${words}`}>
      <Icon name="send" size={13} className="mirror" /> {words}
    </button>
  );
}

/** From names the steps that jump to one. */
export function From({ at }: { at: number }) {
  const { flow, script, jump } = useBench();
  const entries = flow.entries[at] ?? [];
  if (entries.length === 0) return null;
  const places = [...new Set(entries.map((e) => e.from))];
  return (
    <p className="step-from">
      <span>Comes from</span>
      {places.map((from) => (
        <button
          key={from}
          type="button"
          className="jump"
          aria-label={`Comes from step ${from + 1}: go there`}
          onClick={() => jump(script.steps[from]?.id ?? "")}
        >
          {from + 1}
        </button>
      ))}
    </p>
  );
}
