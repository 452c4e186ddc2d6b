import { useBench } from "../bench";
import { AddStep } from "./add-step";
import { Jump } from "./jump";

/** Onward is what comes after a step: the line down to the next one, or the name of the step that it leads to instead. */
export function Onward({ at }: { at: number }) {
  const { flow } = useBench();
  const exits = flow.exits[at] ?? [];
  const next = exits.find((e) => e.via === "next");
  const down = exits.some((e) => e.straight);
  const words = next?.when ? "Otherwise" : "Then";
  return (
    <div className="onward" data-down={down || undefined}>
      <AddStep at={at + 1} />
      {next && !next.straight && (
        <p className="onward-words">
          {words} <Jump to={next.to} />
        </p>
      )}
      {next?.straight && next.when && <p className="onward-words">Otherwise</p>}
    </div>
  );
}
