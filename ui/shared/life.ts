// Signs of life: somebody is at the page. Scrolling and focus by themselves are none: they may be a script's doing.
// Whoever uses a screen reader or their voice may press nothing: their software makes only clicks and input.

/** signs are the events to listen for; only trusted ones count. */
export const signs = "pointermove touchmove pointerdown keydown wheel click input".split(" ");

/** isGesture reports whether a sign is more than a passing pointer. */
export function isGesture(sign: string): boolean {
  return !sign.endsWith("move");
}
