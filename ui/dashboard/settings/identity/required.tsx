import { useState } from "react";
import type { Verification } from "../../../shared/agent";
import { Confirm } from "../../parts/confirm";
import { Icon } from "../../parts/icon";
import { useSession } from "../../session/session";
import { Section } from "../section";
import type { Change } from "./use-change";

interface Props {
  path: string;
  required: boolean;
  secrets: number;
  change: Change;
}

/** Required is the switch, with what each of its positions means. */
export function Required({ path, required, secrets, change }: Props) {
  const { api } = useSession();
  const [asking, setAsking] = useState(false);
  const question = required ? off : on(secrets);
  const confirmed = async () => {
    setAsking(false);
    const next = !required;
    const done = next ? "Verification is on." : "Verification is off.";
    await change(() => api.put<Verification>(path, { required: next }), done);
  };
  return (
    <Section
      title="Required"
      text="Visitors who are not logged in can always write, with verification and without."
      toggle={{ on: required, set: () => setAsking(true) }}
    >
      {required ? <On secrets={secrets} /> : <Off />}
      <Confirm
        open={asking}
        {...question}
        danger={required}
        onConfirm={confirmed}
        onCancel={() => setAsking(false)}
      />
    </Section>
  );
}

function On({ secrets }: { secrets: number }) {
  return (
    <>
      <p className="callout">
        <Icon name="shield" />
        <span>
          <strong>On.</strong> Customers who are logged in see and use the chat only if your page sends a
          token that your server has signed. Without one, they see neither the launcher nor their
          conversations.
        </span>
      </p>
      {secrets === 0 && (
        <p className="callout warn">
          <Icon name="alert" />
          <span>There is no secret yet, so nobody who is logged in can use the chat. Make one below.</span>
        </p>
      )}
    </>
  );
}

function Off() {
  return (
    <p className="callout warn">
      <Icon name="unverified" />
      <span>
        <strong>Off.</strong> We believe whatever a page says about who is logged in. Anybody who knows a
        customer’s id or e-mail address can then pretend to be that customer and read their conversations.
        Agents see such customers marked as unverified.
      </span>
    </p>
  );
}

const on = (secrets: number) => ({
  title: "Require verification?",
  text:
    (secrets === 0 ? "There is no secret yet: make one first, or nobody who is logged in gets in. " : "") +
    "From now on, logged-in customers are locked out of the chat on every page that does not send a token yet, and everybody who was let in without one is signed out of it at once. They are back as soon as your site sends tokens. Visitors who are not logged in notice nothing.",
  action: "Require it",
});

const off = {
  title: "Switch verification off?",
  text: "Anybody who knows a customer’s id or e-mail address can then pretend to be that customer and read their conversations. Do this only while you set things up, with customers whose conversations are not private.",
  action: "Switch it off",
};
