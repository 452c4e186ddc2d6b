import { t } from "../strings/strings";
import { FileButton } from "./Clip";
import { useParts } from "./context";
import { Icon } from "./icons";
import type { Control } from "./Question";

/** Upload is the way to files: they wait in the tray of the field below, and are sent from there. */
export function Upload({ text, problem }: Control) {
  const { attach } = useParts();
  if (!attach.allowed()) return <p class="hint">{t("wrong.files")}</p>;
  return (
    <fieldset class="options" tabIndex={-1} data-first aria-describedby={problem}>
      <legend class="sr">{text}</legend>
      <FileButton class="option">
        <Icon name="clip" />
        {t("attach")}
      </FileButton>
    </fieldset>
  );
}
