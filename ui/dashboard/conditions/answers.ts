/** Answer is something that a bot's question or request before a condition brings. */
export interface Answer {
  /** As conditions and placeholders name it: a question's name, or a request's with a path. */
  name: string;
  /** What people call it. */
  label: string;
  /** An InputType of a question; empty where it may be anything, as in what a request brings. */
  type?: string;
  /** Of a question by choice. */
  options?: { id: string; text: string }[];
}
