// Builds the three programs of this package into dist/. Usage: node build.mjs [sdk|widget|dashboard …]
import { build } from "vite";

// React's libraries mark modules for servers that render; here there is none.
const rolldownOptions = {
  onwarn: (warning, warn) => warning.code !== "MODULE_LEVEL_DIRECTIVE" && warn(warning),
};

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
    build: { outDir: "dist/widget", manifest: "manifest.json", rollupOptions: { input: "widget/main.tsx" } },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  },
  dashboard: {
    root: "dashboard",
    base: "/assets/dashboard/",
    build: { outDir: "../dist/dashboard", rolldownOptions },
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
}
