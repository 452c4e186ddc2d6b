// Builds the three programs of this package into dist/. Usage: node build.mjs [sdk|widget|dashboard …]
import { createHash } from "node:crypto";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { build } from "vite";

// React's libraries mark modules for servers that render; here there is none.
const rolldownOptions = {
  onwarn: (warning, warn) => warning.code !== "MODULE_LEVEL_DIRECTIVE" && warn(warning),
};

const strings = new URL("widget/strings/", import.meta.url);
const texts = readdirSync(strings).filter((name) => name.endsWith(".json"));
const textOf = (name) => JSON.stringify(JSON.parse(readFileSync(new URL(name, strings), "utf8")));

// One mark for all languages: the panel finds each by its code, and need not know fifty names.
const mark = createHash("sha256").update(texts.map(textOf).join()).digest("base64url").slice(0, 8);
process.env.VITE_TEXTS = mark;

const panel = {
  name: "panel",
  enforce: "pre",
  // The panel's later parts have neither styles nor imports to fetch along: there is nothing to help with.
  load: (id) =>
    id.includes("vite/preload-helper") ? "export const __vitePreload = (load) => load();" : null,
  generateBundle() {
    for (const name of texts) {
      const fileName = `assets/${name.replace(".json", `-${mark}.json`)}`;
      this.emitFile({ type: "asset", fileName, source: textOf(name) });
    }
  },
};

// These two pack smaller than their own split: the libraries, and all that the panel begins with.
const panelGroups = [
  { name: "preact", test: /node_modules/, priority: 2 },
  { name: "main", test: /widget\/main\.tsx/, priority: 1 },
];

const programs = {
  // What every page of the host site loads: one classic script with no imports.
  sdk: {
    build: {
      outDir: "dist/sdk",
      lib: { entry: "sdk/main.ts", formats: ["iife"], name: "rejoin_", fileName: () => "webchat.js" },
    },
  },
  // The chat panel. The server writes its page and finds the files through the manifest.
  widget: {
    base: "/assets/widget/",
    plugins: [panel],
    build: {
      outDir: "dist/widget",
      manifest: "manifest.json",
      rollupOptions: {
        input: "widget/main.tsx",
        output: { codeSplitting: { groups: panelGroups } },
      },
    },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  },
  dashboard: {
    root: "dashboard",
    base: "/assets/dashboard/",
    // One file: agents load it once, and a page that stays open for days never misses a part after an update.
    build: { outDir: "../dist/dashboard", rolldownOptions, chunkSizeWarningLimit: 700 },
  },
};

const wanted = process.argv.slice(2);
for (const [name, config] of Object.entries(programs)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  await build({
    configFile: false,
    logLevel: "warn",
    ...config,
    build: { target: "es2022", emptyOutDir: true, modulePreload: false, ...config.build },
  });
  // The types of the public API, for the host site's programmers.
  if (name === "sdk") copyFileSync("sdk/rejoin.d.ts", "dist/sdk/rejoin.d.ts");
}
