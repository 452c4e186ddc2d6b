/** The fewest characters of a password; the same as the server's. */
export const fewest = 10;

export interface Hint {
  text: string;
  enough: boolean;
}

/** passwordHint says how far a new password has come. It counts what people see as characters. */
export function passwordHint(password: string): Hint {
  const length = Array.from(password).length;
  if (length === 0)
    return { text: `At least ${fewest} characters. A few words together are easy to keep.`, enough: false };
  const more = fewest - length;
  if (more > 0) return { text: `${more} more ${more === 1 ? "character" : "characters"}.`, enough: false };
  return { text: "Long enough.", enough: true };
}

/** newPasswordProblem is what a form complains about when it is sent. */
export function newPasswordProblem(password: string): string {
  if (!password) return "Choose a password.";
  return passwordHint(password).enough ? "" : `Choose a password of at least ${fewest} characters.`;
}
