import type { ButtonHTMLAttributes } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../strings/strings";
import { useParts } from "./context";
import { Icon } from "./icons";
import { modeOf, writable } from "./mode";

/** ClipButton is the way to files beside the field. */
export const ClipButton = () => (
  <FileButton class="quiet clip" aria-label={t("attach")}>
    <Icon name="clip" />
  </FileButton>
);

/** FileButton opens the browser's own choice of files. */
export function FileButton(props: ButtonHTMLAttributes) {
  const { chat, attach } = useParts();
  const input = useRef<HTMLInputElement>(null);
  const choose = () => {
    void attach.part.want(); // it comes while somebody looks for the file
    input.current?.click();
  };
  return (
    <>
      <button type="button" {...props} onClick={choose} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(e) => {
          void attach.add([...(e.currentTarget.files ?? [])]);
          e.currentTarget.value = ""; // the same file may be chosen again
          chat.focus.value++;
        }}
      />
    </>
  );
}

/** DropZone takes files that are dropped anywhere on the panel. Without it the browser would leave the chat to show them. */
export function DropZone() {
  const { chat, attach, ending } = useParts();
  const [over, setOver] = useState(false);
  const issue = chat.threads.thread.value?.issue;
  const ready = chat.phase.value === "ready" && !chat.notice.value && !chat.list.value;
  const takes = ready && attach.allowed() && writable(modeOf(issue, ending));

  useEffect(() => {
    const hover = (e: DragEvent) => {
      if (!e.dataTransfer?.types.includes("Files")) return;
      e.preventDefault();
      e.dataTransfer.dropEffect = takes ? "copy" : "none";
      setOver(takes);
    };
    const leave = (e: DragEvent) => {
      if (e.relatedTarget === null) setOver(false); // the pointer has left the panel
    };
    const drop = (e: DragEvent) => {
      if (!e.dataTransfer?.types.includes("Files")) return;
      e.preventDefault();
      setOver(false);
      if (!takes) return;
      void attach.add(filesOf(e.dataTransfer));
      chat.focus.value++;
    };
    addEventListener("dragover", hover);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", hover);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, [takes]);

  return over ? (
    <div class="drop" aria-hidden="true">
      <Icon name="clip" />
      <p>{t("attach.drop")}</p>
    </div>
  ) : null;
}

/** filesOf leaves out folders, which cannot be read as files. */
function filesOf(data: DataTransfer): File[] {
  const items = [...data.items].filter((i) => i.kind === "file" && !i.webkitGetAsEntry?.()?.isDirectory);
  return items.flatMap((i) => i.getAsFile() ?? []);
}
