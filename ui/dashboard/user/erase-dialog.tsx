import { useState } from "react";
import type { EraseUser, UserData } from "../../shared/agent";
import { Field } from "../parts/field";
import { FormDialog, type FormProblem } from "../parts/form-dialog";
import { useNotify } from "../parts/notices";
import { ApiError, textOf } from "../session/api";
import { useSession } from "../session/session";
import { useLoaded } from "../settings/use-loaded";
import { goesWords, isConfirmed, staysWords } from "./data-words";
import { type DataDialogProps, Lines, pathOf } from "./export-dialog";

/** EraseDialog says what an erasure takes away and what stays, and wants it confirmed by typing. */
export function EraseDialog({ userId, name, close, back }: DataDialogProps) {
  const path = pathOf(userId);
  const { data, error, retry } = useLoaded<UserData>(`${path}/data`);
  const [typed, setTyped] = useState("");
  const { busy, problem, setProblem, erase } = useErasing(path, close);
  const submit = () => {
    if (!data) return retry();
    if (data.erased_at) return close();
    if (!isConfirmed(typed, data)) return setProblem({ field: "confirm", text: `Type ${data.confirm}` });
    void erase(typed.trim());
  };
  const erased = Boolean(data?.erased_at);
  return (
    <FormDialog
      open
      title={erased ? "Erased already" : `Erase ${name}?`}
      text={
        erased
          ? "Nothing is left of this user but what may be kept."
          : "For good: nobody can bring it back. Open conversations are closed. E-mails that went out, and what your programs keep themselves, are not reached."
      }
      action={error ? "Try again" : erased ? "Close" : busy ? "Erasing…" : "Erase for good"}
      busy={busy || (!data && !error)}
      danger={!erased}
      problem={error ? { field: "", text: error } : problem}
      fields={["confirm"]}
      submit={submit}
      close={close}
      back={back}
    >
      {data && !erased && (
        <>
          <Lines title="What goes" lines={goesWords(data)} />
          <Lines title="What stays" lines={staysWords(data)} />
          <Field
            label={`To confirm, type ${data.confirm}`}
            error={problem?.field === "confirm" ? problem.text : ""}
          >
            {(props) => (
              <input
                {...props}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                value={typed}
                onChange={(e) => {
                  setTyped(e.target.value);
                  setProblem(null);
                }}
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}

function useErasing(path: string, close: () => void) {
  const { api } = useSession();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const erase = async (confirm: string) => {
    const body: EraseUser = { confirm };
    setBusy(true);
    setProblem(null);
    try {
      await api.post<UserData>(`${path}/erase`, body);
      notify("The user is erased.");
      close();
    } catch (err) {
      setProblem({ field: err instanceof ApiError ? err.field : "", text: textOf(err) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, setProblem, erase };
}
