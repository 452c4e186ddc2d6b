/** What we call the paths of the default metadata; others are told by their path. */
const names: Record<string, string> = {
  "browser.name": "Browser",
  "browser.version": "Browser version",
  "os.name": "System",
  "os.version": "System version",
  device: "Device",
  language: "Browser language",
  timezone: "Time zone",
  screen: "Screen size",
  country: "Country",
  "page.url": "Page address",
  "page.title": "Page title",
  "page.referrer": "Page before it",
  "app.id": "App id",
  "app.name": "Name of the app",
  "app.version": "App version",
  "hardware.model": "Device model",
  "hardware.battery": "Battery",
  "hardware.free_space": "Free space",
  "hardware.network": "Network",
  "hardware.carrier": "Carrier",
};

/** customMeta begins the paths of what an app tells under names of its own. */
export const customMeta = "custom.";

export const isCustom = (path: string) => path.startsWith(customMeta);

/** metaName is what we call a piece of metadata: "Browser version"; what is an app's own goes by its own name. */
export function metaName(path: string): string {
  const known = names[path];
  if (known) return known;
  if (isCustom(path)) return path.slice(customMeta.length) || "…";
  return path.replaceAll("_", " ").replaceAll(".", " ");
}
