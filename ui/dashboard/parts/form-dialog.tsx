import { Dialog } from "radix-ui";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { Button } from "./button";
import { Icon } from "./icon";

export interface FormProblem {
  field: string;
  text: string;
}

interface Props {
  open: boolean;
  title: string;
  text?: ReactNode;
  action: string;
  busy: boolean;
  danger?: boolean;
  problem?: FormProblem | null;
  /** The fields that show a problem themselves; others are told above the buttons. */
  fields?: string[];
  children: ReactNode;
  submit: () => void;
  close: () => void;
  /** Where the focus goes afterwards, if what opened the dialog will be gone, as an entry of a menu is. */
  back?: () => HTMLElement | null | undefined;
}

/** FormDialog asks for something in the middle of the page. It stays open until close, so that what was refused can be mended. */
export function FormDialog(props: Props) {
  const {
    open,
    title,
    text,
    action,
    busy,
    danger,
    problem,
    fields = [],
    children,
    submit,
    close,
    back,
  } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const send = (e: FormEvent) => {
    e.preventDefault();
    e.stopPropagation();
    if (!busy) submit();
  };
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && close()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="dialog"
          onCloseAutoFocus={(e) => {
            if (!back) return;
            e.preventDefault();
            back()?.focus();
          }}
          {...(text ? {} : { "aria-describedby": undefined })}
        >
          <Dialog.Title asChild>
            <h2>{title}</h2>
          </Dialog.Title>
          {text && (
            <Dialog.Description asChild>
              <div className="dialog-text">{text}</div>
            </Dialog.Description>
          )}
          <form ref={form} className="dialog-form" onSubmit={send} noValidate>
            {children}
            {problem && !fields.includes(problem.field) && (
              <p className="callout bad" role="alert">
                <Icon name="alert" /> <span>{problem.text}</span>
              </p>
            )}
            <div className="dialog-actions">
              <Button onClick={close}>Cancel</Button>
              <Button type="submit" kind={danger ? "danger" : "primary"} busy={busy}>
                {action}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
