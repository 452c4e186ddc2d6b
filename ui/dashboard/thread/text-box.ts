/** The longest message or note, in characters; the same as rejoin.MaxBody. */
export const mostBody = 10_000;

/** grow makes the box as high as its text; the style sheet sets the limits. The text is what it depends on. */
export function grow(box: HTMLTextAreaElement | null, text: string) {
  if (!box) return;
  box.style.blockSize = "auto";
  if (text) box.style.blockSize = `${box.scrollHeight + 2}px`;
}

/** On a touch keyboard, which has no Shift + Enter, Enter starts a new line and the button sends. */
export const touched = () => matchMedia("(pointer: coarse)").matches;
