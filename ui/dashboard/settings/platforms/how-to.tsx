import { Tabs } from "radix-ui";
import { useRef, useState } from "react";
import type { AppPlatform } from "../../../shared/agent";
import { CopyButton } from "../../parts/copy";
import { Section } from "../section";
import curl from "./snippets/curl.txt?raw";
import kotlin from "./snippets/kotlin.txt?raw";
import swift from "./snippets/swift.txt?raw";
import { filled, nameOf } from "./words";

const ways = [
  {
    name: "Swift",
    kind: "ios",
    code: swift,
    help: "A web view with the chat. It tells your app what happens, and your app tells it who is logged in.",
  },
  {
    name: "Kotlin",
    kind: "android",
    code: kotlin,
    help: "A web view with the chat. It tells your app what happens, and your app tells it who is logged in.",
  },
  {
    name: "curl",
    kind: "",
    code: curl,
    help: "Screens of your own: the chat API is open to every program. This begins a conversation.",
  },
];

/** HowTo is the code that brings the chat into an app. */
export function HowTo({ platforms }: { platforms: AppPlatform[] }) {
  const inApp = platforms.filter((p) => p.kind !== "web");
  const [shown, setShown] = useState("Swift");
  return (
    <Section
      title="Bring it into your app"
      text="Two ways: show the hosted chat page in a web view, or draw the chat yourself and speak with the chat API."
    >
      <Tabs.Root value={shown} onValueChange={setShown} className="snippets">
        <Tabs.List className="snippet-tabs" aria-label="Ways into an app">
          {ways.map(({ name }) => (
            <Tabs.Trigger key={name} value={name} className="snippet-tab">
              {name}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {ways.map(({ name, kind, code, help }) => {
          const platform = inApp.find((p) => !kind || p.kind === kind);
          return (
            <Tabs.Content key={name} value={name} tabIndex={-1}>
              {platform ? (
                <Code name={name} help={help} code={filled(code, platform)} />
              ) : (
                <p className="help">
                  Add {kind ? nameOf(kind) : "iOS or Android"} first: the code names its id.
                </p>
              )}
            </Tabs.Content>
          );
        })}
      </Tabs.Root>
      <p className="small soft">
        The API in the words of machines:{" "}
        <a href="/chat/v1/openapi.json" target="_blank" rel="noopener noreferrer">
          openapi.json<span className="hidden-text"> (opens in a new tab)</span>
        </a>
      </p>
    </Section>
  );
}

function Code({ name, help, code }: { name: string; help: string; code: string }) {
  const ref = useRef<HTMLElement>(null);
  return (
    <figure className="snippet">
      <figcaption className="help">{help}</figcaption>
      <CopyButton text={code} what={`The ${name} code`} shown={ref} small />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must be able to scroll it */}
      <pre className="code platform-code" tabIndex={0}>
        <code ref={ref}>{code}</code>
      </pre>
    </figure>
  );
}
