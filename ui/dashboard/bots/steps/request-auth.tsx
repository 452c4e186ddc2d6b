import { useState } from "react";
import { Button } from "../../parts/button";
import { Field } from "../../parts/field";
import { isKept, kept } from "../secret";
import type { RequestProps } from "./edit-request";

/** RequestAuth is name and password of basic authentication. */
export function RequestAuth({ request, put }: RequestProps) {
  const [open, setOpen] = useState(Boolean(request.user || request.secret));
  if (!open) {
    return (
      <div className="field" data-empty>
        <Button size="small" icon="key" className="ways-add" onClick={() => setOpen(true)}>
          Add name and password
        </Button>
      </div>
    );
  }
  return (
    <fieldset className="field">
      <legend className="legend">Sign in</legend>
      <p className="help">Basic authentication. The password is never shown again.</p>
      <div className="request-auth">
        <Field label="Name">
          {(props) => (
            <input
              {...props}
              dir="ltr"
              spellCheck={false}
              autoComplete="off"
              maxLength={200}
              value={request.user ?? ""}
              onChange={(e) => put({ user: e.target.value }, "user")}
            />
          )}
        </Field>
        <Field label="Password">
          {(props) => (
            <input
              {...props}
              type="password"
              dir="ltr"
              autoComplete="new-password"
              maxLength={1000}
              placeholder={isKept(request.secret) ? kept : ""}
              value={isKept(request.secret) ? "" : (request.secret ?? "")}
              onChange={(e) => put({ secret: e.target.value }, "secret")}
            />
          )}
        </Field>
        <Button
          kind="quiet"
          size="small"
          icon="x"
          aria-label="Sign in without name and password"
          title="Delete"
          onClick={() => {
            setOpen(false);
            put({ user: "", secret: "" });
          }}
        />
      </div>
    </fieldset>
  );
}
