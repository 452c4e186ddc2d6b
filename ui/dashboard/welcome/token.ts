/** tokenOf is the token in an address's fragment, such as "#abc"; empty where there is none. */
export function tokenOf(hash: string): string {
  const raw = hash.replace(/^#/, "").trim();
  return /^[A-Za-z0-9_.~-]{10,500}$/.test(raw) ? raw : "";
}

/** linkLost is what to say where the address has no token: it was removed when the page first read it, or never came along. */
export const linkLost =
  "The key in the address is missing. Open the link in your e-mail again; it works until it is used.";
