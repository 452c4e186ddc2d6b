import type { Meta } from "../../shared/agent";
import { sizeWords } from "../thread/uploads";
import { countryName } from "../time/format";
import { Fact, Facts, Group } from "./facts";

/** Device is what the browser, or the app, has told about itself when the conversation began. */
export function Device({ meta }: { meta: Meta }) {
  const { app, hardware, custom, device } = meta;
  const told = Object.entries(custom ?? {});
  const facts = Object.entries({
    App: named(app?.name || app?.id, app?.version),
    Browser: named(meta.browser.name, meta.browser.version),
    System: named(meta.os.name, meta.os.version),
    Device: device && device.charAt(0).toUpperCase() + device.slice(1),
    Model: hardware?.model,
    Screen: meta.screen,
    Country: meta.country && countryName(meta.country),
    Network: [hardware?.network, hardware?.carrier].filter(Boolean).join(" · "),
    Battery: hardware?.battery ? `${hardware.battery} %` : "",
    "Free space": hardware?.free_space ? sizeWords(hardware.free_space) : "",
  });
  return (
    <>
      {facts.some(([, fact]) => fact) && (
        <Group title="Device">
          {facts.map(([name, fact]) => (
            <Fact key={name} name={name}>
              {fact}
            </Fact>
          ))}
        </Group>
      )}
      {told.length > 0 && <Group title="From the app" note={<Facts list={told} />} />}
    </>
  );
}

const named = (name?: string, version?: string) => [name, version].filter(Boolean).join(" ");
