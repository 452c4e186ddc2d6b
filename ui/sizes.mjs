// Prints what strangers load, gzipped, and fails if it is too much: the SDK on every page of a host site, and the whole chat panel.
// Usage: node sizes.mjs, after node build.mjs.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const KB = 1024;

/** size is what a file takes on the wire. */
const size = (file) => gzipSync(readFileSync(new URL(`dist/${file}`, import.meta.url)), { level: 9 }).length;

/** panelFiles are all files that a load of the panel needs: the entry, what it imports, their styles, and the texts of one language. */
function panelFiles() {
  const manifest = JSON.parse(readFileSync(new URL("dist/widget/manifest.json", import.meta.url), "utf8"));
  const files = new Set();
  const add = (name) => {
    const { file, css = [], imports = [] } = manifest[name];
    for (const f of [file, ...css]) files.add(`widget/${f}`);
    imports.forEach(add);
  };
  add("widget/main.tsx");
  const texts = readdirSync(new URL("dist/widget/assets", import.meta.url)).find((f) =>
    /^en-.{8}\.json$/.test(f),
  );
  return [...files, `widget/assets/${texts}`];
}

const PAGE = 1 * KB; // the page that the server writes around them
const rows = [
  ["SDK", size("sdk/webchat.js"), 4 * KB],
  ["panel", PAGE + panelFiles().reduce((sum, f) => sum + size(f), 0), 40 * KB],
];
for (const [name, bytes, most] of rows) {
  const verdict = bytes <= most ? "fits" : "TOO BIG";
  console.log(`${name.padEnd(6)} ${String(bytes).padStart(6)} of ${most} bytes gzipped: ${verdict}`);
  if (bytes > most) process.exitCode = 1;
}
