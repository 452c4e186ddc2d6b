import { Icon } from "./icon";

/** Stars shows a rating of 1 to 5, and says it to those who do not see it. */
export function Stars({ rating, size = 14 }: { rating: number; size?: number }) {
  return (
    <span className="stars" title={`Rated ${rating} of 5`}>
      {[1, 2, 3, 4, 5].map((n) => (
        <Icon key={n} name="star" size={size} className={n <= rating ? "on" : undefined} />
      ))}
      <span className="hidden-text">Rated {rating} of 5</span>
    </span>
  );
}
