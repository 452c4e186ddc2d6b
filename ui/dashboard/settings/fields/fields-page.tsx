import { useRef } from "react";
import type { CustomField, CustomFields } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { CopyButton } from "../../parts/copy";
import { Heading } from "../../parts/heading";
import { Failed } from "../../shell/failed";
import { Archived } from "../archive";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import "../lists.css";
import { AddField } from "./add-field";
import { ArchivedFields, OrderedFields } from "./field-list";
import { callOf } from "./words";

export function FieldsPage() {
  const { data, setData, error, retry } = useLoaded<CustomFields>("/fields");
  return (
    <div className="settings-body">
      <Crumbs list={[{ text: "Settings" }, { text: "Custom issue fields" }]} />
      <Heading title="Custom issue fields">Custom issue fields</Heading>
      <p className="soft">
        Facts about a conversation that your page knows and agents need, for example the order it is about.
      </p>
      {error ? (
        <Failed text={error} retry={retry} />
      ) : data ? (
        <Body fields={data.fields} set={setData} />
      ) : (
        <PageSkeleton />
      )}
    </div>
  );
}

function Body({ fields, set }: { fields: CustomField[]; set: (list: CustomFields) => void }) {
  const current = fields.filter((f) => !f.archived);
  const archived = fields.filter((f) => f.archived);
  return (
    <>
      <AddField added={set} />
      {fields.length === 0 ? (
        <div className="card">
          <Blank icon="fields" title="No custom issue fields yet">
            Add the first one above. Then a page can fill it in, and agents see it beside the conversation.
          </Blank>
        </div>
      ) : (
        <section className="card" aria-label="Fields in use">
          <p className="help">
            Agents see the fields in this order, on conversations from the platforms that you choose. At most
            100 can be in use.
          </p>
          {current.length === 0 && <p className="soft small">All fields are archived.</p>}
          <OrderedFields fields={current} set={set} />
          <Archived count={archived.length}>
            <ArchivedFields fields={archived} set={set} />
          </Archived>
        </section>
      )}
      <HowTo fields={current} />
    </>
  );
}

function HowTo({ fields }: { fields: CustomField[] }) {
  const code = useRef<HTMLElement>(null);
  const shown = fields.length > 0 ? fields.slice(0, 6) : [{ key: "order_number", type: "singleline" }];
  const text = callOf(shown);
  return (
    <section className="card" aria-labelledby="how">
      <div className="card-head">
        <div>
          <h2 id="how">How a page sets fields</h2>
          <p className="help">
            Before the conversation starts; after that its fields stay as they are. A field that is not
            defined here, or has another type, is left out. A date is a moment in Unix milliseconds, a number
            is written as a text.
          </p>
        </div>
        <CopyButton text={text} what="The code" shown={code} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it */}
      <pre className="code" tabIndex={0}>
        <code ref={code}>{text}</code>
      </pre>
    </section>
  );
}
