import { Icon } from "../parts/icon";
import { useMe } from "../session/session";
import { Section } from "./section";

/** FollowUpOff stands for the follow-up e-mails of a domain that may not have them: who can change that, and how. */
export function FollowUpOff() {
  const { domain } = useMe();
  return (
    <Section
      title="Follow-up via Email"
      text="When a visitor leaves before reading your answer, an e-mail brings them back into the same conversation."
    >
      <p className="callout">
        <Icon name="lock" />
        <span>
          This is not switched on for your domain. Whoever runs this server can do it with{" "}
          <code className="key">rejoin feature enable follow-up-email --domain {domain}</code>
        </span>
      </p>
    </Section>
  );
}
