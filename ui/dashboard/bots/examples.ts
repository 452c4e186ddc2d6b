import type { Script, Step } from "../../shared/agent";
import { END } from "./draft";

/** Example is a script to begin with. */
export interface Example {
  name: string;
  about: string;
  steps: Step[];
}

const say = (id: string, text: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: "message",
  text: { text },
  ...more,
});
const ask = (id: string, name: string, input: string, text: string, more: Partial<Step> = {}): Step => ({
  id,
  kind: "question",
  name,
  input,
  text: { text },
  ...more,
});
const choice = (id: string, text: string, next?: string) => ({
  id,
  text: { text },
  ...(next ? { next } : {}),
});

const order: Example = {
  name: "Ask about an order",
  about: "What it is about, which order, and a photo where something is broken.",
  steps: [
    ask("s1", "topic", "choice", "Hello {{user.name|there}}! What is it about?", {
      options: [
        choice("o1", "Where is my order?"),
        choice("o2", "Something is broken"),
        choice("o3", "Something else", "s5"),
      ],
    }),
    ask("s2", "order", "text", "Which order is it? You find the number in the e-mail that confirmed it.", {
      skip: true,
    }),
    {
      id: "s3",
      kind: "branch",
      ways: [{ all: [{ subject: "answer", key: "topic", op: "is_not", values: ["o2"] }], next: "s5" }],
    },
    ask("s4", "photo", "file", "Can you send us a photo of what is broken?", { skip: true }),
    say("s5", "Thank you! I have noted everything. A colleague answers here."),
    { id: "s6", kind: "hand_over" },
  ],
};

const closed: Example = {
  name: "While we are closed",
  about: "Says so, and asks how urgent it is. During business hours it hands over at once.",
  steps: [
    {
      id: "s1",
      kind: "branch",
      ways: [{ all: [{ subject: "hours", op: "is", values: ["open"] }], next: END }],
    },
    say("s2", "Nobody is here right now. We have your message and answer as soon as we are back."),
    ask("s3", "urgent", "yes_no", "Does it have to be the first thing that we look at?"),
    say("s4", "Thank you, that helps. You can leave: we write to you."),
  ],
};

const feedback: Example = {
  name: "How did it go?",
  about: "Stars, and a word about what could have been better.",
  steps: [
    { id: "s1", kind: "rating", text: { text: "How did we do?" } },
    ask("s2", "better", "text", "What could have been better?", { skip: true }),
    say("s3", "Thank you. We read every word of it."),
  ],
};

/** examplesOf are the scripts to begin a kind of bot with. */
export const examplesOf = (kind: string): Example[] => (kind === "feedback" ? [feedback] : [order, closed]);

/** scriptOf is an example as a script of its own. */
export const scriptOf = (example: Example, was: Script): Script => ({
  ...was,
  steps: structuredClone(example.steps),
});
