import { useId } from "react";
import type { Request, Step } from "../../../shared/agent";
import { Field } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { useBench } from "../bench";
import { NameField } from "./name-field";
import { RequestAuth } from "./request-auth";
import { RequestList } from "./request-list";
import { RequestTest } from "./request-test";
import { Rows } from "./rows";
import { TargetField } from "./target-field";
import { ValueInput } from "./value-input";

export interface RequestProps {
  step: Step;
  request: Request;
  put: (to: Partial<Request>, field?: string) => void;
}

/** EditRequest edits how a program of the company is asked, and tests it. */
export function EditRequest({ step }: { step: Step }) {
  const { set } = useBench();
  const request = step.request ?? { method: "GET", url: "" };
  const put = (to: Partial<Request>, field?: string) =>
    set(step.id, { request: { ...request, ...to } }, field);
  const props = { step, request, put };
  return (
    <>
      <Address {...props} />
      <div className="request-parts">
        <Rows
          title="Headers"
          add="Add a header"
          help="Tick the lock for what nobody is to read again, such as an API key."
          rows={request.headers ?? []}
          onChange={(headers, field) => put({ headers }, field && `header ${field}`)}
          secrets
          names="Name of the header"
        />
        <RequestAuth {...props} />
        <Body {...props} />
      </div>
      <div className="step-pair">
        <NameField step={step} />
        <TargetField
          step={step}
          value={step.failed ?? ""}
          lead={(failed) => ({ failed })}
          empty="People take over"
          label="If it fails"
        />
      </div>
      <p className="help">
        It fails after 5 seconds, on any answer but 2xx, on redirects, on more than 100 KB and on what is no
        JSON.
      </p>
      <RequestTest {...props} />
      <RequestList {...props} />
    </>
  );
}

function Address({ request, put }: RequestProps) {
  const { placeholders } = useBench();
  const id = useId();
  return (
    <div className="request-address">
      <div className="field">
        <label htmlFor={id}>Method</label>
        <div className="select-box">
          <select
            id={id}
            className="select"
            value={request.method}
            onChange={(e) => put({ method: e.target.value })}
          >
            {["GET", "POST", "PUT"].map((m) => (
              <option key={m}>{m}</option>
            ))}
          </select>
          <Icon name="down" size={16} />
        </div>
      </div>
      <Field label="Address">
        {(props) => (
          <ValueInput
            {...props}
            type="url"
            label="Address"
            placeholder="https://api.example.com/orders/{{answer.order}}"
            value={request.url}
            onChange={(url) => put({ url: url.trim() }, "url")}
            placeholders={placeholders}
          />
        )}
      </Field>
    </div>
  );
}

function Body({ request, put }: RequestProps) {
  const id = useId();
  if (request.method === "GET") {
    return (
      <Rows
        title="Query"
        add="Add a value to the query"
        help="Put behind the address, encoded."
        rows={request.body ?? []}
        onChange={(body, field) => put({ body }, field && `body ${field}`)}
        names="Name"
      />
    );
  }
  return (
    <Rows
      title="Body"
      add="Add a value to the body"
      help="Every value is sent as a text."
      rows={request.body ?? []}
      onChange={(body, field) => put({ body }, field && `body ${field}`)}
      names="Name"
    >
      <div className="inputs">
        {[false, true].map((form) => (
          <label key={String(form)}>
            <input
              type="radio"
              name={id}
              checked={(request.form ?? false) === form}
              onChange={() => put({ form })}
            />
            <span>{form ? "Form (urlencoded)" : "JSON"}</span>
          </label>
        ))}
      </div>
    </Rows>
  );
}
