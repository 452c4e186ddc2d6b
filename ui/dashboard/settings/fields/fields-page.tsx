import { useRef } from "react";
import type { CustomField, CustomFields } from "../../../shared/agent";
import { Blank } from "../../parts/blank";
import { CopyButton } from "../../parts/copy";
import { Heading } from "../../parts/heading";
import { Icon } from "../../parts/icon";
import { Failed } from "../../shell/failed";
import { ArchiveButton, Archived } from "../archive";
import { Crumbs } from "../crumbs";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import "../lists.css";
import { AddField } from "./add-field";
import { callOf, typeName } from "./words";

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
          {current.length === 0 && <p className="soft small">All fields are archived.</p>}
          <FieldList fields={current} set={set} />
          <Archived count={archived.length}>
            <FieldList fields={archived} set={set} />
          </Archived>
        </section>
      )}
      <HowTo fields={current} />
    </>
  );
}

function FieldList({ fields, set }: { fields: CustomField[]; set: (list: CustomFields) => void }) {
  return (
    <ul className="lines">
      {fields.map((f) => (
        <li key={f.id} className="line">
          <div className="line-words">
            <Icon name="fields" size={16} />
            <div>
              <span>
                <strong>{f.label}</strong> <code className="key">{f.key}</code>
              </span>
              <span className="help">
                {typeName(f.type)}
                {f.options && f.options.length > 0 && `: ${shortened(f.options)}`}
              </span>
            </div>
          </div>
          <ArchiveButton
            path={`/fields/${encodeURIComponent(f.id)}/archive`}
            name={f.label}
            archived={f.archived}
            done={set}
          />
        </li>
      ))}
    </ul>
  );
}

/** shortened names the first options; there may be hundreds. */
function shortened(options: string[]): string {
  const first = options.slice(0, 8).join(", ");
  return options.length > 8 ? `${first} and ${options.length - 8} more` : first;
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
