// The addresses of the host site's pages that the panel leads to.

/** startOf returns the page where a conversation began, if it is one of the host site and not the one we are on; else "". */
export function startOf(began: string, here: string, origins: readonly string[]): string {
  const to = parsed(began);
  if (!to || ![...origins, location.origin].includes(to.origin)) return "";
  return withoutHash(to) === withoutHash(parsed(here)) ? "" : to.href;
}

/** reloadOf returns the address that loads the page we are on anew, or "". A link to a place within the page would only scroll there. */
export function reloadOf(here: string): string {
  const page = parsed(here);
  return page ? withoutHash(page) : "";
}

function parsed(address: string): URL | null {
  try {
    const url = new URL(address);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

function withoutHash(url: URL | null): string {
  return url ? url.href.slice(0, url.href.length - url.hash.length).replace(/#$/, "") : "";
}
