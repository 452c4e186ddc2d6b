import { Fragment, useMemo } from "react";
import { type Block, blocksOf, type Inline } from "../../shared/format/format";
import "./formatted.css";

/** Formatted shows what an agent wrote as the visitor sees it. All of it ends as text nodes: nothing is ever markup. */
export function Formatted({ text }: { text: string }) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return (
    <div className="formatted">
      {blocks.map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never change places
        <Part key={i} block={block} />
      ))}
    </div>
  );
}

function Part({ block }: { block: Block }) {
  const items = block.lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <li key={i}>
      <Line line={line} />
    </li>
  ));
  switch (block.kind) {
    case "bullets":
      return <ul dir="auto">{items}</ul>;
    case "numbers":
      return (
        <ol dir="auto" start={block.start}>
          {items}
        </ol>
      );
    case "quote":
      return (
        <blockquote dir="auto">
          <Lines lines={block.lines} />
        </blockquote>
      );
    default:
      return (
        <p dir="auto">
          <Lines lines={block.lines} />
        </p>
      );
  }
}

function Lines({ lines }: { lines: Inline[][] }) {
  return lines.map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={i}>
      {i > 0 && "\n"}
      <Line line={line} />
    </Fragment>
  ));
}

function Line({ line }: { line: Inline[] }) {
  return line.map((piece, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Piece key={i} piece={piece} />
  ));
}

function Piece({ piece }: { piece: Inline }) {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "code":
      return <code>{piece.text}</code>;
    case "strong":
      return (
        <strong>
          <Line line={piece.children} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Line line={piece.children} />
        </em>
      );
    case "link":
      return (
        <a href={piece.href} target="_blank" rel="noopener noreferrer" title={piece.href}>
          <Line line={piece.children} />
        </a>
      );
  }
}
