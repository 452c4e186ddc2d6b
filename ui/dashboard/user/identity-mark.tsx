import type { User } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { Tip } from "../parts/tip";
import { isUnverified, signedInAs, unverifiedWhy } from "./identity";

/** IdentityLine says who the user is for the host site, with a mark where nobody has proven it. */
export function IdentityLine({ user }: { user: User }) {
  const words = signedInAs(user);
  return (
    <span className="identity-line">
      {user.verified && <Icon name="shield" size={15} className="identity-sure" />}
      <span className="ellipsis" title={words}>
        {words}
      </span>
      {user.verified && <span className="hidden-text">, verified</span>}
      {isUnverified(user) && (
        <Tip text={unverifiedWhy}>
          <span className="chip warn">
            <Icon name="unverified" size={13} /> Unverified
          </span>
        </Tip>
      )}
    </span>
  );
}

/** UnverifiedMark is the same mark where there is no room for words; it explains itself on hover. */
export function UnverifiedMark({ user }: { user: User }) {
  if (!isUnverified(user)) return null;
  return (
    <span className="unverified-mark" title={unverifiedWhy}>
      <Icon name="unverified" size={15} />
      <span className="hidden-text">Unverified</span>
    </span>
  );
}
