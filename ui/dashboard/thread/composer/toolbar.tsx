import { Toolbar } from "radix-ui";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../../parts/icon";
import { type BoxHandle, toolEdits } from "./box";

const control = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl + ";

const tools: [name: keyof typeof toolEdits, face: IconName | ReactNode, label: string, key?: string][] = [
  ["bold", <b key="b">B</b>, "Bold", "B"],
  ["italic", <i key="i">I</i>, "Italic", "I"],
  ["code", "code", "Code"],
  ["bullets", "list", "List"],
  ["numbers", "numbers", "Numbered list"],
  ["quote", "quote", "Quote"],
  ["link", "link", "Link", "K"],
];

interface Props {
  box: () => BoxHandle | null;
  /** The text is shown as it will look, and cannot be changed there. */
  preview: boolean;
  children?: ReactNode;
}

/** FormatBar gives a text its form. */
export function FormatBar({ box, preview, children }: Props) {
  return (
    <Toolbar.Root className="format-bar" aria-label="Formatting">
      {children}
      {tools.map(([name, face, label, key]) => (
        <Toolbar.Button
          key={name}
          className="tool"
          aria-label={label}
          title={key ? `${label} (${control}${key})` : label}
          disabled={preview}
          onClick={() => box()?.edit(toolEdits[name])}
        >
          {typeof face === "string" ? <Icon name={face as IconName} size={17} /> : face}
        </Toolbar.Button>
      ))}
    </Toolbar.Root>
  );
}

/** PreviewButton shows the text as its readers will see it, and goes back to writing. */
export function PreviewButton({ on, set }: { on: boolean; set: (on: boolean) => void }) {
  return (
    <button
      type="button"
      className="tool"
      aria-label="Preview"
      aria-pressed={on}
      title={on ? "Go on writing" : "Preview: as it will look"}
      onClick={() => set(!on)}
    >
      <Icon name="eye" size={17} />
    </button>
  );
}
