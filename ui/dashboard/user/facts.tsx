import { type ReactNode, useId, useState } from "react";
import { Icon } from "../parts/icon";

export function Group({ title, note, children }: { title: string; note?: ReactNode; children?: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {note}
      {children && <dl>{children}</dl>}
    </section>
  );
}

/** Fact is one known thing; what is not known is left out. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Facts are names and texts as somebody else chose them: many are folded, and long texts are cut. */
export function Facts({ list, first = 8 }: { list: [name: string, text: string][]; first?: number }) {
  const [all, setAll] = useState(false);
  const shown = all ? list : list.slice(0, first);
  return (
    <>
      <dl>
        {shown.map(([name, text]) => (
          <Fact key={name} name={name}>
            <LongText text={text} />
          </Fact>
        ))}
      </dl>
      {list.length > first && (
        <button
          type="button"
          className="text-button small facts-more"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? "Show fewer" : `Show all ${list.length}`}
        </button>
      )}
    </>
  );
}

const long = 200;

export function LongText({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  const cut = text.length > long || text.split("\n").length > 5;
  return (
    <>
      <span className="long-text" dir="auto" data-cut={(cut && !all) || undefined}>
        {text}
      </span>
      {cut && (
        <button type="button" className="text-button small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show less" : "Show all"}
        </button>
      )}
    </>
  );
}

/** Outside is a link to a page that a visitor's browser named: it opens only if it is a web page, and tells it nothing of us. */
export function Outside({ url, text }: { url: string; text: string }) {
  if (!/^https?:\/\//i.test(url)) return <>{url}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" title={url} className="context-link">
      <span>{text}</span>
      <Icon name="external" size={13} />
      <span className="hidden-text"> (opens in a new tab)</span>
    </a>
  );
}
