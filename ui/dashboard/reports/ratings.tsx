import { Bars } from "../charts/bars";
import { count, share } from "../charts/scale";
import { Stars } from "../parts/stars";

/** Ratings shows how often each number of stars was given. */
export function Ratings({ ratings }: { ratings: number[] }) {
  const all = ratings.reduce((sum, n) => sum + n, 0);
  if (all === 0) return <p className="soft">Nobody has rated a conversation in this time.</p>;
  const average = ratings.reduce((sum, n, i) => sum + n * (i + 1), 0) / all;
  return (
    <>
      <dl className="report-pair">
        <div>
          <dt>Average</dt>
          <dd>{average.toFixed(1)} of 5</dd>
        </div>
        <div>
          <dt>Ratings</dt>
          <dd>{count(all)}</dd>
        </div>
      </dl>
      <Bars
        label="Ratings"
        head={["Stars", "Conversations", "Share"]}
        bars={ratings
          .map((n, i) => ({ n, stars: i + 1 }))
          .reverse()
          .map(({ n, stars }) => ({
            key: String(stars),
            label: <Stars rating={stars} />,
            value: n,
            figure: count(n),
            note: share(n, all),
            series: 1,
          }))}
      />
    </>
  );
}
