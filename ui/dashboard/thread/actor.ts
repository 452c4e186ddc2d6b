import type { Actor } from "../../shared/agent";

const mark = "API: ";

/** programName is how the team reads the name of a program that uses the API: "API: Warehouse". */
export const programName = (name: string) => (name.startsWith(mark) ? name : mark + name);

/** isProgram reports whether an author is a program that uses the API. */
export const isProgram = (authorId: string) => authorId.startsWith("key_");

/** whoOf names who acted, if it was somebody of the team or a program of the company: "You", "Jonas", "API: Warehouse". */
export function whoOf({ kind, id, name }: Actor, me: string): string {
  if (kind === "api") return programName(name);
  if (kind !== "agent") return "";
  return id === me ? "You" : name;
}
