// Signs of life: somebody is at the page. Scrolling by itself is none, it may be the page's own doing, and comes by one of these.
// Whoever uses a screen reader or their voice may press nothing: their software makes only clicks and input.

/** signs are the events to listen for; only trusted ones count. */
export const signs = "pointermove touchmove focusin pointerdown keydown wheel click input".split(" ");

/** isGesture reports whether a sign is more than a passing pointer or a moving focus. */
export function isGesture(sign: string): boolean {
  return !/move|focus/.test(sign);
}
