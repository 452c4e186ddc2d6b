// What axe says of a page or a frame, in light and in dark.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { shoot } from "./harness.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Waits in a page until nothing moves any more but what moves forever: what fades in has no contrast yet. */
async function still() {
  const moving = () => document.getAnimations().filter((a) => a.playState === "running" && a.effect.getTiming().iterations !== Infinity);
  do {
    await new Promise((drawn) => requestAnimationFrame(drawn));
    await Promise.all(moving().map((a) => a.finished.catch(() => {})));
  } while (moving().length > 0);
}

/**
 * Examines what a page or a frame shows now, or a part of it, without the frames in it, and keeps a picture of it. In the dark only colours are
 * different: all else is asked once.
 */
export async function examine(name, page, frame = page.mainFrame(), part = "html") {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await frame.evaluate(still);
    await shoot(page, `${name}-${colorScheme}`);
    if (colorScheme === "light") await frame.evaluate(axe);
    const options = { iframes: false, ...(colorScheme === "dark" && { runOnly: ["color-contrast"] }) };
    const found = await frame.evaluate(async ([part, options]) => {
      const { violations } = await window.axe.run(part, options);
      return violations.map((v) => `${v.id}: ${v.help}\n${v.nodes.map((n) => `  ${n.html}\n  ${n.failureSummary}`).join("\n")}`);
    }, [part, options]);
    assert.deepEqual(found, [], `${name}, ${colorScheme}`);
  }
}
