import { Popover } from "radix-ui";
import { useId } from "react";
import type { Script } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Icon } from "../../parts/icon";
import { languageChoices } from "../../texts/languages";
import { translatedInto } from "../../texts/local-text";
import type { World } from "./use-talk";

interface Props {
  world: World;
  set: (world: World) => void;
  script: Script;
}

/** WorldPicker chooses who the pretended visitor is and when they write. */
export function WorldPicker({ world, set, script }: Props) {
  const written = new Set(script.steps.flatMap((s) => (s.text ? translatedInto(s.text) : [])));
  const all = languageChoices();
  const select = (
    label: string,
    value: string,
    choose: (value: string) => void,
    options: React.ReactNode,
  ) => (
    <Select label={label} value={value} choose={choose}>
      {options}
    </Select>
  );
  const option = ({ value, label }: { value: string; label: string }) => (
    <option key={value} value={value}>
      {label}
    </option>
  );
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button
          kind="quiet"
          size="small"
          icon="settings"
          aria-label="Who talks with it"
          title="Who talks with it"
        />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover world"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Who talks with it"
        >
          {select(
            "Language",
            world.language,
            (language) => set({ ...world, language }),
            <>
              {written.size > 0 && (
                <optgroup label="With texts of their own">
                  {all.filter((l) => written.has(l.value)).map(option)}
                </optgroup>
              )}
              <optgroup label="All languages">
                {all.filter((l) => !written.has(l.value)).map(option)}
              </optgroup>
            </>,
          )}
          {select(
            "Where they write",
            world.platform,
            (platform) => set({ ...world, platform }),
            <>
              <option value="web">Web chat</option>
              <option value="ios">iOS app</option>
              <option value="android">Android app</option>
            </>,
          )}
          {select(
            "When they write",
            world.open ? "open" : "closed",
            (v) => set({ ...world, open: v === "open" }),
            <>
              <option value="open">While we are open</option>
              <option value="closed">Outside business hours</option>
            </>,
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface SelectProps {
  label: string;
  value: string;
  choose: (value: string) => void;
  children: React.ReactNode;
}

function Select({ label, value, choose, children }: SelectProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="select-box">
        <select id={id} className="select" value={value} onChange={(e) => choose(e.target.value)}>
          {children}
        </select>
        <Icon name="down" size={16} />
      </div>
    </div>
  );
}
