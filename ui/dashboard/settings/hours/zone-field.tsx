import { Popover } from "radix-ui";
import { useId, useMemo, useState } from "react";
import { FieldError } from "../../parts/field";
import { Icon } from "../../parts/icon";
import { Picker } from "../../parts/picker";
import { useNow } from "../../time/ticking";
import { clockIn, ownZone } from "./moment";

interface Props {
  zone: string;
  zones: string[];
  error: string;
  onChange: (zone: string) => void;
}

const spoken = (zone: string) => zone.replaceAll("_", " ");

/** ZoneField chooses a time zone by typing a part of its name, with the time there. */
export function ZoneField({ zone, zones, error, onChange }: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const now = useNow(15_000);
  return (
    <div className="field zone">
      <span className="legend" id={id}>
        Time zone
      </span>
      <p className="help" id={`${id}-help`}>
        The hours below are by the clock on the wall there, in summer and in winter.
      </p>
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger asChild>
          <button
            type="button"
            id={`${id}-button`}
            className="input zone-button"
            aria-labelledby={`${id} ${id}-button`}
            aria-describedby={`${id}-help`}
            aria-invalid={error ? true : undefined}
          >
            <Icon name="globe" size={16} />
            <span className="ellipsis">{spoken(zone)}</span>
            <span className="faint zone-time">{clockIn(zone, now)}</span>
            <Icon name="down" size={16} />
          </button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className="popover"
            align="start"
            sideOffset={4}
            collisionPadding={8}
            aria-label="Time zone"
          >
            <Zones
              zones={zones}
              now={now}
              pick={(picked) => {
                setOpen(false);
                onChange(picked);
              }}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {error && <FieldError text={error} />}
    </div>
  );
}

function Zones({ zones, now, pick }: { zones: string[]; now: number; pick: (zone: string) => void }) {
  const items = useMemo(() => {
    const list = new Set([ownZone(zones), ...zones].filter(Boolean)); // the own one first
    return [...list].map((z) => ({ value: z, label: `${spoken(z)} · ${clockIn(z, now)}` }));
  }, [zones, now]);
  return (
    <Picker
      items={items}
      label="Time zone"
      placeholder="City or region"
      empty="No such time zone. Try a large city nearby."
      onPick={pick}
    />
  );
}
