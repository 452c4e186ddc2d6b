import { useNow } from "../time/ticking";
import { dotOf, presenceWords, shortPresence } from "./presence-words";

/** PresenceDot is filled while the visitor is here, and says so to those who cannot see it. */
export function PresenceDot({ presence }: { presence: string }) {
  const words = shortPresence(presence);
  return (
    <span className={`dot ${dotOf(presence)}`} title={words}>
      <span className="hidden-text">{words}</span>
    </span>
  );
}

/** PresenceLine tells where the visitor is and since when, kept fresh. */
export function PresenceLine({ presence, since }: { presence: string; since: number }) {
  const now = useNow(5000);
  return (
    <span className="presence-line">
      <span className={`dot ${dotOf(presence)}`} aria-hidden="true" />
      <span className="ellipsis">{presenceWords(presence, since, now)}</span>
    </span>
  );
}
