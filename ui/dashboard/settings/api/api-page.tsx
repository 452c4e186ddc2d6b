import { useState } from "react";
import type { APIKeys } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Heading } from "../../parts/heading";
import { Failed } from "../../shell/failed";
import { Crumbs } from "../crumbs";
import "../identity/identity.css";
import "../lists.css";
import { useBack } from "../queues/use-back";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import { Access } from "./access";
import "./api.css";
import { Keys } from "./keys";
import { LimitSection } from "./limit-section";
import { MadeKey } from "./made-key";
import { NewKeyDialog } from "./new-key-dialog";

/** ApiPage is the keys by which programs of the company use the REST API. */
export function ApiPage() {
  const { data, setData, error, retry } = useLoaded<APIKeys>("/api-keys");
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<{ name: string; text: string } | null>(null);
  const take = (list: APIKeys, name = "") => {
    const { key, ...rest } = list;
    setData(rest);
    if (key) setMade({ name, text: key });
  };
  const make = () => setAsking(true);
  const body = useBack<HTMLDivElement>(made !== null, ".button.primary");
  return (
    <div ref={body} className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "API keys" }]} />
      <div className="page-head">
        <Heading title="API keys">API keys</Heading>
        {data?.keys.some((k) => !k.revoked_at) && (
          <Button kind="primary" icon="plus" onClick={make}>
            New key
          </Button>
        )}
      </div>
      <p className="soft">
        With a key, a program of yours reads and writes conversations: a shop, a warehouse, a report. Give
        each program a key of its own, so that you can take back one without stopping the others.
      </p>
      {error && !data ? (
        <Failed text={error} retry={retry} />
      ) : data ? (
        <>
          {made && <MadeKey {...made} done={() => setMade(null)} />}
          <Keys keys={data.keys} set={take} make={make} />
          <Access base={data.base} />
          <LimitSection perMinute={data.per_minute} set={take} />
          {asking && <NewKeyDialog set={take} close={() => setAsking(false)} />}
        </>
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}
