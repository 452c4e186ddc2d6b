import { type DragEvent, type KeyboardEvent, useState } from "react";
import { stepOf } from "./fields/order";

/** useDragging lets the lines of a list be dragged by their grips; line gives what a line's element needs. */
export function useDragging(move: (from: number, to: number) => void) {
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const end = () => {
    setDragged(null);
    setOver(null);
  };
  const line = (at: number) => ({
    "data-over":
      dragged !== null && over === at && dragged !== at ? (at < dragged ? "before" : "after") : undefined,
    onDragOver: (e: DragEvent) => {
      if (dragged === null) return;
      e.preventDefault();
      setOver(at);
    },
    onDrop: (e: DragEvent) => {
      e.preventDefault();
      if (dragged !== null && dragged !== at) move(dragged, at);
      end();
    },
    onDragEnd: end,
  });
  return { line, start: setDragged };
}

interface GripProps {
  /** What is moved. */
  name: string;
  at: number;
  count: number;
  move: (from: number, to: number) => void;
  start: (at: number) => void;
}

/** Grip moves a line: by dragging, or by keys. */
export function Grip({ name, at, count, move, start }: GripProps) {
  const key = (e: KeyboardEvent) => {
    const to = stepOf(e.key, at, count);
    if (to === null) return;
    e.preventDefault();
    move(at, to);
  };
  return (
    <button
      type="button"
      className="grip"
      draggable
      aria-label={`${name}, ${at + 1} of ${count}. Move with the arrow keys.`}
      title="Drag, or press ↑ and ↓"
      onKeyDown={key}
      onDragStart={(e) => {
        e.dataTransfer.effectAllowed = "move";
        e.dataTransfer.setData("text/plain", name);
        const line = e.currentTarget.closest("li");
        if (line) e.dataTransfer.setDragImage(line, 12, 12);
        start(at);
      }}
    >
      <span aria-hidden="true" />
    </button>
  );
}
