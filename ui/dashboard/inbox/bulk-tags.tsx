import { ToggleGroup } from "radix-ui";
import { useState } from "react";
import { Button } from "../parts/button";
import { Picker } from "../parts/picker";
import type { Edit } from "./bulk";
import { useInboxData } from "./context";

interface Props {
  /** The tags that the selected conversations have. */
  there: string[];
  apply: (edit: Edit) => void;
}

/** BulkTags chooses tags to add, or to remove from those that are there. */
export function BulkTags({ there, apply }: Props) {
  const { options } = useInboxData();
  const [mode, setMode] = useState<"add" | "remove">("add");
  const [tags, setTags] = useState<string[]>([]);
  const choices = mode === "add" ? (options?.tags ?? []) : there;
  const toggle = (tag: string) =>
    setTags((list) => (list.includes(tag) ? list.filter((t) => t !== tag) : [...list, tag]));
  const change = (next: string) => {
    if (next !== "add" && next !== "remove") return;
    setMode(next);
    setTags([]);
  };
  const verb = mode === "add" ? "Add" : "Remove";
  return (
    <div className="facet-form">
      <ToggleGroup.Root
        type="single"
        className="segments"
        aria-label="What to do"
        value={mode}
        onValueChange={change}
      >
        <ToggleGroup.Item value="add" className="segment">
          Add
        </ToggleGroup.Item>
        <ToggleGroup.Item value="remove" className="segment">
          Remove
        </ToggleGroup.Item>
      </ToggleGroup.Root>
      <Picker
        key={mode}
        several
        label={`Tags to ${mode}`}
        placeholder="Find a tag…"
        empty={mode === "add" ? "There is no such tag." : "The selected conversations have no such tag."}
        items={choices.map((tag) => ({ value: tag, label: tag, picked: tags.includes(tag) }))}
        onPick={toggle}
      />
      <Button
        kind="primary"
        size="small"
        disabled={tags.length === 0}
        onClick={() => apply(mode === "add" ? { addTags: tags } : { removeTags: tags })}
      >
        {tags.length > 1 ? `${verb} ${tags.length} tags` : `${verb} tag`}
      </Button>
    </div>
  );
}
