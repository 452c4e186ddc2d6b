import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";

/** Tip explains a mark that stands on its own, on hover, focus and touch. */
export function Tip({ text, children }: { text: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Provider delayDuration={200}>
      <Tooltip.Root open={open} onOpenChange={setOpen}>
        <Tooltip.Trigger asChild>
          <button
            type="button"
            className="tip-mark"
            onPointerDown={(e) => e.preventDefault()}
            onClick={(e) => {
              e.preventDefault(); // which else closes it
              setOpen(true);
            }}
          >
            {children}
          </button>
        </Tooltip.Trigger>
        <Tooltip.Content className="tip" sideOffset={6} collisionPadding={8}>
          {text}
        </Tooltip.Content>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
