// Runs the browser tests. A file with a failed test is run once more, alone, when all others are through: a machine that is busy with
// something else must not stop a release. What passes only then is named at the end, because it is a fault all the same: of the test, or of ours.
import { readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { makeTemplate } from "./demo.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
// What takes longest begins first: at the end nothing waits for it.
const longest = ["many", "leaving", "story", "inbox", "settings", "a11y-dashboard", "bots", "scanner", "integration"].map((name) => `${name}.test.mjs`);
const rank = (name) => (longest.includes(name) ? longest.indexOf(name) : longest.length);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs") && (wanted.length === 0 || wanted.some((w) => name.includes(w))))
  .sort((a, b) => rank(a) - rank(b))
  .map((name) => join(here, name));

/** Runs the files, so many at a time, and returns those in which something failed. */
function attempt(files, concurrency) {
  const failed = new Set();
  const tests = run({ files, concurrency, timeout: 180_000 });
  tests.on("test:fail", ({ file, todo }) => todo === undefined && failed.add(file));
  return new Promise((done) => {
    const shown = tests.compose(spec);
    shown.on("end", () => done([...failed]));
    shown.pipe(process.stdout, { end: false });
  });
}

process.env.REJOIN_TEMPLATE = await makeTemplate();
const first = await attempt(files, Number(process.env.REJOIN_BROWSERS ?? 3));
const again = first.length > 0 ? await attempt(first, 1) : [];
const names = (list) => list.map((f) => relative(here, f)).join(", ");
const unsteady = first.filter((f) => !again.includes(f));
if (unsteady.length > 0) console.log(`UNSTEADY, passed only at the second attempt: ${names(unsteady)}`);
if (again.length > 0) {
  console.log(`FAILED twice: ${names(again)}`);
  process.exitCode = 1;
}
