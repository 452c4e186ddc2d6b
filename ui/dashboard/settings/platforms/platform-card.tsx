import { type ReactNode, useRef } from "react";
import type { AppPlatform, AppPlatforms, CustomField } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { CopyButton } from "../../parts/copy";
import { FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { Link } from "../../router/router";
import { useSession } from "../../session/session";
import { ago } from "../../time/format";
import { useNow } from "../../time/ticking";
import { Section } from "../section";
import { useAdding } from "../use-adding";
import { countWords, fieldsOn } from "./words";

interface Props {
  path: string;
  name: string;
  what: string;
  set: (list: AppPlatforms) => void;
}

/** PlatformCard is one way to reach the app, with what its programmers need. */
export function PlatformCard(props: Props & { platform: AppPlatform; fields: CustomField[] | null }) {
  const { path, name, what, platform, fields, set } = props;
  const { api } = useSession();
  const { problem, add } = useAdding();
  const now = useNow(60_000);
  const toggle = async (on: boolean) => {
    const done = on
      ? `${name} is switched on.`
      : `${name} is switched off. Conversations that are open go on.`;
    const fresh = await add(
      () => api.put<AppPlatforms>(`${path}/${encodeURIComponent(platform.id)}`, { off: !on }),
      done,
    );
    if (fresh) set(fresh);
  };
  return (
    <Section
      title={name}
      text={what}
      toggle={platform.kind === "web" ? undefined : { on: !platform.off, set: toggle }}
    >
      {platform.off && (
        <p className="callout warn">
          <Icon name="alert" />
          <span>
            <strong>Off.</strong> No new conversations begin here. Those that are open go on, and links from
            e-mails open theirs.
          </span>
        </p>
      )}
      {problem && <FieldError text={problem.text} />}
      <Id platform={platform} />
      <dl className="facts">
        <Fact name="Hosted chat page">
          <a href={platform.hosted_url} target="_blank" rel="noopener noreferrer" className="long-link">
            {platform.hosted_url}
            <Icon name="external" size={13} className="inline-icon" />
            <span className="hidden-text"> (opens in a new tab)</span>
          </a>
        </Fact>
        <Fact name="Last seen">
          {platform.seen_at ? (
            ago(now, platform.seen_at)
          ) : (
            <span className="faint">
              {platform.kind === "web" ? "Not on a page of yours yet" : "No app has asked for it yet"}
            </span>
          )}
        </Fact>
        <Fact name="Conversations">{countWords(platform.issues)}</Fact>
        {fields && (
          <Fact name="Custom issue fields">
            {fieldsOn(platform.kind, fields)}{" "}
            <Link href={paths.fields}>
              Choose<span className="hidden-text"> the custom issue fields of {name}</span>
            </Link>
          </Fact>
        )}
      </dl>
    </Section>
  );
}

function Id({ platform }: { platform: AppPlatform }) {
  const ref = useRef<HTMLElement>(null);
  return (
    <div className="platform-id">
      <span className="help">Platform id</span>
      <code ref={ref}>{platform.id}</code>
      <CopyButton text={platform.id} what="The platform id" shown={ref} small />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** MissingPlatform adds what the app does not have yet. */
export function MissingPlatform({ path, kind, name, what, set }: Props & { kind: string }) {
  const { api } = useSession();
  const { busy, problem, add } = useAdding();
  const make = async () => {
    const fresh = await add(() => api.post<AppPlatforms>(path, { kind }), `${name} is added.`);
    if (fresh) set(fresh);
  };
  return (
    <section className="card platform-missing" aria-label={name}>
      <div className="card-head">
        <div>
          <h2>{name}</h2>
          <p className="help">
            {what} It gets an id of its own, so that you can tell its conversations apart.
          </p>
        </div>
        <Button icon="plus" busy={busy} onClick={make}>
          Add {name}
        </Button>
      </div>
      {problem && <FieldError text={problem.text} />}
    </section>
  );
}
