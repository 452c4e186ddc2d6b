/** leftWords says how many recovery codes are left. */
export function leftWords(left: number): string {
  if (left === 0)
    return "No recovery code is left. Make new ones, so that you can sign in without your phone.";
  const codes = left === 1 ? "1 recovery code is" : `${left} recovery codes are`;
  return `${codes} left, for when you do not have your phone. Each works once.${left <= 3 ? " Make new ones in time." : ""}`;
}

/** codesFile is the text file that keeps recovery codes. */
export function codesFile(codes: string[], email: string, server: string, made: string): string {
  return [
    `Recovery codes for ${email}`,
    `${server}, ${made}`,
    "",
    "Each of them signs you in once, in place of the code of your authenticator app.",
    "",
    ...codes,
    "",
  ].join("\r\n");
}

/** spaced writes a secret in groups of four, to be typed off a screen. */
export const spaced = (secret: string) => secret.match(/.{1,4}/g)?.join(" ") ?? "";
