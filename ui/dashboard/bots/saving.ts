/** Saving is how far what is edited is kept. */
export type Saving =
  | { state: "saved" }
  | { state: "unsaved" }
  | { state: "saving" }
  /** Refused, or the server was not reached. */
  | { state: "failed"; text: string; field: string; again: boolean }
  /** Somebody else has saved meanwhile. */
  | { state: "conflict"; text: string };

/** waitFor is after how many milliseconds to save; nothing while there is nothing to do or somebody has to decide. */
export function waitFor(saving: Saving, changed: boolean): number | undefined {
  if (saving.state === "unsaved") return 700;
  if (saving.state === "failed") return changed ? 700 : saving.again ? 5000 : undefined;
  return saving.state === "saved" && changed ? 700 : undefined;
}

/** savingWords says it on the page. */
export function savingWords(saving: Saving): string {
  switch (saving.state) {
    case "saved":
      return "Draft saved";
    case "unsaved":
    case "saving":
      return "Saving…";
    case "failed":
      return "Not saved";
    case "conflict":
      return "Changed by somebody else";
  }
}
