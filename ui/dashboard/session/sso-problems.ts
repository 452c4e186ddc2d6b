/** problemWords says what a single sign-on that came back with ?problem= did not manage. Empty if there was none. */
export function problemWords(code: string, provider: string): string {
  const name = provider || "single sign-on";
  return Object.hasOwn(problems, code)
    ? (problems[code] as (n: string) => string)(name)
    : code && failed(name);
}

const failed = (name: string) =>
  `Signing in with ${name} did not work. Try again, or sign in with your password.`;

/** The keys are those of rejoin.SSOProblem; a test compares. */
export const problems: Record<string, (name: string) => string> = {
  off: () => "This server has no single sign-on. Sign in with your password.",
  limited: () => "There were too many attempts from here. Wait a minute, then try again.",
  unknown: (name) =>
    `${name} knows you, but nobody in this team has your e-mail address. Ask an administrator to invite you.`,
  unverified: (name) => `${name} has not verified your e-mail address, so we cannot tell that it is yours.`,
  deactivated: () => "You do not belong to this team any more. If that is a mistake, ask an administrator.",
  expired: (name) => `Signing in with ${name} took too long, or was begun in another browser. Try again.`,
  denied: (name) => `${name} did not let you in, or you stopped on the way. Try again.`,
  unreachable: (name) => `${name} cannot be reached right now. Try again in a minute, or use your password.`,
};
