import { Section } from "../settings/section";
import { onAvailable, useAvailable } from "./use-available";

/** AvailableSection switches between available and away. */
export function AvailableSection() {
  const { available, set } = useAvailable();
  return (
    <Section
      title="Available"
      text={available ? onAvailable.yes : onAvailable.no}
      toggle={{ on: available, set: (on) => void set(on) }}
    />
  );
}
