import { useEffect, useRef } from "react";
import { Button } from "../../parts/button";
import { CopyButton } from "../../parts/copy";
import { Icon } from "../../parts/icon";

interface Props {
  name: string;
  text: string;
  done: () => void;
}

/** MadeKey shows a new key, this once. */
export function MadeKey({ name, text, done }: Props) {
  const code = useRef<HTMLElement>(null);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    card.current?.focus();
    card.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section ref={card} className="card made-key" tabIndex={-1} aria-label={`The key of ${name}`}>
      <div className="made-key-head">
        <Icon name="key" />
        <div>
          <h2>The key of {name}</h2>
          <p className="help">
            Copy it now and give it to the program. It is shown this once: we keep no copy of it.
          </p>
        </div>
      </div>
      <div className="secret-value">
        <code ref={code}>{text}</code>
        <CopyButton text={text} what="The key" shown={code} />
      </div>
      <div>
        <Button onClick={done}>I have stored it</Button>
      </div>
    </section>
  );
}
