// What is loaded when an agent has formatted a message. All of it ends as text nodes. Its looks are here as well: later parts have no styles.

import { type Block, blocksOf, type Inline } from "../../shared/format/format";

const block = { margin: "0.4em 0", whiteSpace: "pre-wrap" };
const looks = {
  p: block,
  list: { ...block, whiteSpace: "normal", paddingInlineStart: "1.4em", listStylePosition: "outside" },
  quote: {
    ...block,
    paddingInlineStart: "0.7em",
    borderInlineStart: "3px solid rgb(127 127 127 / 60%)",
    opacity: 0.85,
  },
  code: {
    padding: "0 0.3em",
    borderRadius: "4px",
    background: "rgb(127 127 127 / 18%)",
    font: "0.9em monospace",
  },
} as const;

export function Formatted({ text }: { text: string }) {
  const blocks = blocksOf(text);
  return (
    <div style={{ margin: "-0.4em 0" }}>
      {blocks.map((b, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a message never change places
        <Part key={i} block={b} />
      ))}
    </div>
  );
}

function Part({ block: b }: { block: Block }) {
  const items = b.lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <li key={i}>{line.map(piece)}</li>
  ));
  const lines = b.lines.flatMap((line, i) => [i > 0 && "\n", ...line.map(piece)]);
  switch (b.kind) {
    case "bullets":
      return (
        <ul dir="auto" style={{ ...looks.list, listStyleType: "disc" }}>
          {items}
        </ul>
      );
    case "numbers":
      return (
        <ol dir="auto" start={b.start} style={{ ...looks.list, listStyleType: "decimal" }}>
          {items}
        </ol>
      );
    case "quote":
      return (
        <blockquote dir="auto" style={looks.quote}>
          {lines}
        </blockquote>
      );
    default:
      return (
        <p dir="auto" style={looks.p}>
          {lines}
        </p>
      );
  }
}

function piece(p: Inline) {
  switch (p.kind) {
    case "text":
      return p.text;
    case "code":
      return <code style={looks.code}>{p.text}</code>;
    case "strong":
      return <strong>{p.children.map(piece)}</strong>;
    case "em":
      return <em>{p.children.map(piece)}</em>;
    case "link":
      return (
        <a href={p.href} target="_blank" rel="noopener noreferrer nofollow">
          {p.children.map(piece)}
        </a>
      );
  }
}
