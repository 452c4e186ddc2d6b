import { createElement } from "react";
import type { Word } from "../conditions/words";

const part = (w: Word) => (w.chosen ? <strong dir="auto">{w.text}</strong> : w.text);

/** Said is a sentence in which what somebody has chosen stands out. */
export const Said = ({ words }: { words: readonly Word[] }) =>
  createElement("span", null, ...words.map(part));
