/** What the server sends, and takes, for a secret that it keeps: rejoin.KeptSecret. A test compares them. */
export const keptSecret = "••••••••";

export const isKept = (value: string | undefined) => value === keptSecret;

/** Said in the place of a secret that is kept. */
export const kept = "Kept. Type to replace it.";
