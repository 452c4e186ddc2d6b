import type { Detail, Row, User } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { Stars } from "../parts/stars";
import { Fact, Facts, Group, LongText } from "./facts";
import {
  attributesOf,
  emailSources,
  identifierName,
  isUnverified,
  unverifiedWhy,
  verificationOff,
} from "./identity";
import { IdentityLine } from "./identity-mark";

interface Props {
  issue: Row;
  detail: Detail;
}

/** Identity is who the user is for the host site, and how sure that is. */
export function Identity({ issue: { user }, detail }: Props) {
  const off = user.logged_in && !detail.verification_on;
  const list = (detail.identities ?? []).map((i): [string, string] => [
    identifierName(i.identifier),
    i.value,
  ]);
  return (
    <Group
      title="Identity"
      note={
        <div className="identity">
          <IdentityLine user={user} />
          {isUnverified(user) && <p className="context-note">{unverifiedWhy}</p>}
          {off && <p className="context-note">{verificationOff}</p>}
          {!user.logged_in && <p className="faint small">Your site has not said who this is.</p>}
          {list.length > 0 && <Facts list={list} />}
        </div>
      }
    />
  );
}

export function Email({ user }: { user: User }) {
  if (!user.email) return <span className="faint">Not known</span>;
  const source = emailSources[user.email_source];
  const at = user.email.lastIndexOf("@");
  return (
    <>
      {user.email.slice(0, at)}
      <wbr />
      {user.email.slice(at)}
      {source && (
        <span className={source.sure ? "context-note sure" : "context-note"}>
          <Icon name={source.sure ? "shield" : "info"} size={13} /> {source.text}
        </span>
      )}
    </>
  );
}

/** About is what is known of the conversation besides its messages. */
export function About({ issue, detail }: Props) {
  return (
    <>
      {detail.full_privacy && (
        <p className="callout context-privacy">
          <Icon name="lock" size={16} />
          <span>
            <strong>Full privacy.</strong> Your page keeps this customer’s name and address to itself, and the
            customer sends no files.
          </span>
        </p>
      )}
      {issue.rating ? (
        <Group title="Rating">
          <Fact name="Stars">
            <Stars rating={issue.rating} />
          </Fact>
          <Fact name="Comment">{detail.comment && <LongText text={detail.comment} />}</Fact>
        </Group>
      ) : null}
    </>
  );
}

/** Said is what the host site says of the user. */
export function Said({ detail }: { detail: Detail }) {
  const everywhere = attributesOf(detail.attributes?.global);
  const here = attributesOf(detail.attributes?.app);
  return (
    <>
      {everywhere.length > 0 && (
        <Group title="Your site says of this user" note={<Facts list={everywhere} />} />
      )}
      {here.length > 0 && <Group title="In this app" note={<Facts list={here} />} />}
    </>
  );
}
