import { useRef } from "react";
import type { UserData } from "../../shared/agent";
import { FormDialog } from "../parts/form-dialog";
import { useLoaded } from "../settings/use-loaded";
import { heldWords } from "./data-words";

export interface DataDialogProps {
  userId: string;
  name: string;
  close: () => void;
  /** Where the focus goes afterwards. */
  back: () => HTMLElement | null;
}

/** pathOf is where the server has a user. */
export const pathOf = (userId: string) => `/users/${encodeURIComponent(userId)}`;

/** ExportDialog says what is held on a user, and gives it as one file. */
export function ExportDialog({ userId, name, close, back }: DataDialogProps) {
  const path = pathOf(userId);
  const { data, error, retry } = useLoaded<UserData>(`${path}/data`);
  const link = useRef<HTMLAnchorElement>(null);
  const submit = () => {
    if (!data) return retry();
    link.current?.click();
    close();
  };
  return (
    <FormDialog
      open
      title={`Export the data of ${name}`}
      text="All that is held on them as one zip file: data.json, and the files of their conversations. The audit log notes it."
      action={error ? "Try again" : "Download"}
      busy={!data && !error}
      problem={error ? { field: "", text: error } : null}
      submit={submit}
      close={close}
      back={back}
    >
      {data && <Lines title="What is held" lines={heldWords(data)} />}
      <a ref={link} hidden href={`/agent/v1${path}/export`} download>
        Download
      </a>
    </FormDialog>
  );
}

export function Lines({ title, lines }: { title: string; lines: string[] }) {
  return (
    <section className="data-lines" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
