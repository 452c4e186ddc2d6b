import { Tabs } from "radix-ui";
import { useRef, useState } from "react";
import { CopyButton } from "../../parts/copy";
import { Section } from "../section";
import go from "../snippets/go.txt?raw";
import java from "../snippets/java.txt?raw";
import node from "../snippets/node.txt?raw";
import php from "../snippets/php.txt?raw";
import python from "../snippets/python.txt?raw";
import ruby from "../snippets/ruby.txt?raw";

const languages = [
  { name: "Go", file: "token.go", code: go },
  { name: "Node", file: "token.cjs", code: node },
  { name: "Python", file: "token.py", code: python },
  { name: "PHP", file: "token.php", code: php },
  { name: "Ruby", file: "token.rb", code: ruby },
  { name: "Java", file: "UserAuthToken.java", code: java },
];

/** Snippets is the code for the host's server: each one is also a small program that prints a token. */
export function Snippets() {
  const [shown, setShown] = useState("Go");
  return (
    <Section
      title="Code for your server"
      text={
        <>
          It makes the <code>userAuthToken</code> that your page gives the chat beside <code>userId</code> and{" "}
          <code>userEmail</code>. Pass an empty text for what you do not send, and sign exactly what the page
          sends, letter by letter.
        </>
      }
    >
      <Tabs.Root value={shown} onValueChange={setShown} className="snippets">
        <Tabs.List className="snippet-tabs" aria-label="Language of your server">
          {languages.map(({ name }) => (
            <Tabs.Trigger key={name} value={name} className="snippet-tab">
              {name}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {languages.map((l) => (
          <Tabs.Content key={l.name} value={l.name} tabIndex={-1}>
            <Code {...l} />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Section>
  );
}

function Code({ name, file, code }: (typeof languages)[number]) {
  const ref = useRef<HTMLElement>(null);
  return (
    <figure className="snippet">
      <figcaption className="help">
        Save it as <code>{file}</code> to try it: it reads the secret from REJOIN_SECRET, and the id and the
        e-mail address from its two arguments.
      </figcaption>
      <CopyButton text={code} what={`The ${name} code`} shown={ref} small />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it */}
      <pre className="code" tabIndex={0}>
        <code ref={ref}>{code}</code>
      </pre>
    </figure>
  );
}
