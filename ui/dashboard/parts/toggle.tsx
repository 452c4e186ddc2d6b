import { Switch } from "radix-ui";

interface Props {
  on: boolean;
  set: (on: boolean) => void;
  labelledBy: string;
  describedBy?: string;
}

export function Toggle({ on, set, labelledBy, describedBy }: Props) {
  return (
    <Switch.Root
      className="switch"
      checked={on}
      onCheckedChange={set}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      <Switch.Thumb className="switch-thumb" />
    </Switch.Root>
  );
}
