import { exampleOf, type Placeholder, unknownIn } from "./placeholders";

interface Props {
  text: string;
  known: readonly Placeholder[];
}

/** TextExample shows what becomes of the placeholders of a text, and names one that nothing is known about. */
export function TextExample({ text, known }: Props) {
  const strange = unknownIn(text, known);
  const pieces = exampleOf(text, known);
  return (
    <>
      {pieces.some((p) => p.value) && (
        <p className="text-example" dir="auto">
          <span className="faint">For example: </span>
          {pieces.map((p, i) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no names
            p.value ? <mark key={i}>{p.text}</mark> : <span key={i}>{p.text}</span>,
          )}
        </p>
      )}
      {strange && (
        <p className="text-strange">{`We know no value ${strange}: people would read nothing there.`}</p>
      )}
    </>
  );
}
