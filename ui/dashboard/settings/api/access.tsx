import { useRef } from "react";
import { CopyButton } from "../../parts/copy";
import { Icon } from "../../parts/icon";
import { Section } from "../section";
import { curlOf } from "./words";

/** Access is where the API is, with a first request and the way to all others. */
export function Access({ base }: { base: string }) {
  return (
    <Section
      title="Use the API"
      text="Programs sign in with HTTP Basic: the key is the user name, and the password stays empty."
    >
      <Code name="Base address" what="The base address" code={base} />
      <Code
        name="A first request: the newest conversations"
        what="The command"
        code={curlOf(base)}
        help="Put the key into the variable KEY first."
      />
      <p>
        <a className="button" href="/docs/api/rest" target="_blank" rel="noopener">
          <Icon name="external" size={16} /> Everything the API can do
          <span className="hidden-text"> (opens in a new tab)</span>
        </a>
      </p>
    </Section>
  );
}

function Code({ name, what, code, help }: { name: string; what: string; code: string; help?: string }) {
  const ref = useRef<HTMLElement>(null);
  return (
    <div className="api-code">
      <p className="legend">{name}</p>
      <div className="secret-value">
        <code ref={ref}>{code}</code>
        <CopyButton text={code} what={what} shown={ref} small />
      </div>
      {help && <p className="help">{help}</p>}
    </div>
  );
}
