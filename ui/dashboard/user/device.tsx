import type { Meta } from "../../shared/agent";
import { sizeWords } from "../thread/uploads";
import { countryName } from "../time/format";
import { Fact, Facts, Group } from "./facts";

/** Device is what the browser, or the app, has told about itself when the conversation began. */
export function Device({ meta }: { meta: Meta }) {
  const { app, hardware, custom } = meta;
  const told = Object.entries(custom ?? {});
  return (
    <>
      <Group title="Device">
        <Fact name="App">{named(app?.name || app?.id, app?.version)}</Fact>
        <Fact name="Browser">{named(meta.browser.name, meta.browser.version)}</Fact>
        <Fact name="System">{named(meta.os.name, meta.os.version)}</Fact>
        <Fact name="Device">{meta.device && meta.device.charAt(0).toUpperCase() + meta.device.slice(1)}</Fact>
        <Fact name="Model">{hardware?.model}</Fact>
        <Fact name="Screen">{meta.screen}</Fact>
        <Fact name="Country">{meta.country && countryName(meta.country)}</Fact>
        <Fact name="Network">{[hardware?.network, hardware?.carrier].filter(Boolean).join(" · ")}</Fact>
        <Fact name="Battery">{hardware?.battery ? `${hardware.battery} %` : null}</Fact>
        <Fact name="Free space">{hardware?.free_space ? sizeWords(hardware.free_space) : null}</Fact>
      </Group>
      {told.length > 0 && <Group title="From the app" note={<Facts list={told} />} />}
    </>
  );
}

const named = (name?: string, version?: string) => [name, version].filter(Boolean).join(" ");
