// What the page tells us, as it should be: a page's configuration is written by people and may hold anything.

/** Config is what the page's side needs of the configuration; the frame reads the rest out of raw. */
export interface Config {
  platformId: string;
  /** A BCP 47 tag, as good as the page gives it. */
  language: string;
  /** Who the page says is here: an Identity of the chat API as JSON, or "". */
  identity: string;
  raw: Raw;
}

/** Raw is the page's own object. Whoever uses a value of it bears a wrong one. */
export interface Raw {
  /** The host proves who is here by tokens that only the frame understands. */
  authenticateWith?: unknown;
  widgetOptions?: Partial<Record<"fullScreen" | "showLauncher" | "position" | "zIndex", unknown>>;
}

const text = (v: unknown) => (typeof v === "string" ? v : undefined);

/** readConfig takes rejoinConfig or helpshiftConfig; wrong values count as absent. */
export function readConfig(raw: unknown): Config {
  const c = Object(raw);
  const user_id = text(c.userId);
  const email = text(c.userEmail);
  return {
    platformId: text(c.platformId) || "",
    language: languageOf(c.language),
    identity:
      !c.authenticateWith && (user_id || email)
        ? JSON.stringify({
            user_id,
            email,
            auth_token: text(c.userAuthToken),
            full_privacy: c.fullPrivacy === true,
          })
        : "",
    raw: c,
  };
}

/** addressOf is where the server has something for the platform, in the page's language. */
export function addressOf(server: string, what: string, platformId: string, language: string): string {
  return `${server}/${what}/${encodeURIComponent(platformId)}?language=${encodeURIComponent(language)}`;
}

/** languageOf reads the key language. */
export function languageOf(language: unknown): string {
  return language === "browserDefault" ? navigator.language : text(language) || "en";
}

/** plain copies what can be sent to the frame. Functions are left out; what cannot be copied becomes 0, which is wrong under every key. */
export function plain(raw: unknown): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key in Object(raw)) {
    try {
      out[key] = JSON.parse(JSON.stringify((raw as typeof out)[key]) ?? "null");
    } catch {
      out[key] = 0;
    }
  }
  return out;
}

/** arrivalIn finds the token of a return link in a fragment, and the fragment without it. */
export function arrivalIn(hash: string): { token: string; rest: string } | null {
  const found = /([#&])rejoin=([\w-]+)&?/.exec(hash);
  return (
    found && {
      token: found[2] as string,
      rest: hash.replace(found[0], found[1] as string).replace(/[#&]$/, ""),
    }
  );
}
