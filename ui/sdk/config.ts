// What the page tells us, as it should be: a page's configuration is written by people and may hold anything.

export interface Config {
  platformId: string;
  bottom: boolean;
  left: boolean;
  zIndex: number;
  launcher: boolean;
  fullScreen: boolean;
}

/** readConfig takes rejoinConfig or helpshiftConfig; wrong values count as absent. */
export function readConfig(raw: unknown): Config {
  const { platformId, widgetOptions } = Object(raw);
  const o = Object(widgetOptions);
  return {
    platformId: platformId ? `${platformId}` : "",
    bottom: !/^top/.test(o.position),
    left: /left$/.test(o.position),
    zIndex: +o.zIndex || 2147483000,
    launcher: o.showLauncher !== false,
    fullScreen: o.fullScreen === true,
  };
}

/** arrivalIn finds the token of a return link in a fragment, and the fragment without it. */
export function arrivalIn(hash: string): { token: string; rest: string } | null {
  const found = /(^#|&)rejoin=([\w-]+)/.exec(hash);
  return (
    found && {
      token: found[2] as string,
      rest: hash.replace(found[0], "").replace(/^(#$|&)/, (c) => (c === "&" ? "#" : "")),
    }
  );
}
