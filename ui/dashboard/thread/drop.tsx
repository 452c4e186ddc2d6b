import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { Icon } from "../parts/icon";

interface Props {
  /** Missing where nothing can be written now: then dropped files are left to the browser's care no more than others. */
  drop?: (files: File[]) => void;
  children: ReactNode;
}

/** DropZone takes files that are dragged onto the conversation. Keyboards use the button beside the answer. */
export function DropZone({ drop, children }: Props) {
  const [over, setOver] = useState(false);
  const depth = useRef(0); // entering a child comes before leaving its parent
  const count = (by: number) => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const files = (e: DragEvent) => e.dataTransfer.types.includes("Files");
  return (
    <section
      className="thread-main"
      aria-label="Conversation"
      onDragEnter={(e) => files(e) && count(1)}
      onDragLeave={(e) => files(e) && count(-1)}
      onDragOver={(e) => {
        if (!files(e)) return;
        e.preventDefault(); // or the browser would open the file instead of this page
        e.dataTransfer.dropEffect = drop ? "copy" : "none";
      }}
      onDrop={(e) => {
        if (!files(e)) return;
        e.preventDefault();
        count(-depth.current);
        drop?.([...e.dataTransfer.files]);
      }}
    >
      {children}
      {over && drop && (
        <div className="drop" aria-hidden="true">
          <p>
            <Icon name="clip" size={22} /> Drop files to add them to your answer
          </p>
        </div>
      )}
    </section>
  );
}
