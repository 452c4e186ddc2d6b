import { Icon } from "../../parts/icon";
import { useBench } from "../bench";
import { type Example, examplesOf, scriptOf } from "../examples";
import { kinds, kindsOf } from "../words";

/** Beginnings is shown while a script is empty: an example to change, or the first step. */
export function Beginnings() {
  const { kind, script, put, insert, jump } = useBench();
  const begin = (example: Example) => {
    const begun = scriptOf(example, script);
    put(begun);
    if (begun.steps[0]) jump(begun.steps[0].id); // the button is gone
  };
  return (
    <section className="card beginnings" aria-label="Begin">
      <div>
        <h2>How does it begin?</h2>
        <p className="help">Take an example and change it, or put the first step down.</p>
      </div>
      <ul className="beginning-list">
        {examplesOf(kind).map((example) => (
          <li key={example.name}>
            <button type="button" className="beginning" onClick={() => begin(example)}>
              <Icon name="list" />
              <span>
                <strong>{example.name}</strong>
                <span className="help">{example.about}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="chips first-steps">
        {(kindsOf[kind] ?? []).map((k) => (
          <button
            key={k}
            type="button"
            className="button small"
            title={kinds[k].about}
            onClick={() => insert(0, k)}
          >
            <Icon name={kinds[k].icon} size={15} /> {kinds[k].name}
          </button>
        ))}
      </div>
    </section>
  );
}
