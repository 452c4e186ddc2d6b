import type { RuleOptions } from "../../shared/agent";
import { Icon } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import { Said } from "./said";
import { templates } from "./templates";
import { ruleWords, triggers } from "./words";

interface Props {
  options: RuleOptions;
}

/** Gallery is what an automation can begin with: one that many teams have, or an empty one of each trigger. */
export function Gallery({ options }: Props) {
  return (
    <>
      <ul className="gallery">
        {templates.map((t) => (
          <li key={t.key}>
            <Link className="card gallery-card" href={paths.newRule(t.key)}>
              <span className="rules-icon">
                <Icon name={t.icon} />
              </span>
              <span className="gallery-words">
                <strong>{t.title}</strong>
                <span className="help">{t.about}</span>
                <span className="rule-said">
                  <Said words={ruleWords(t.make(options), options)} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <section className="card" aria-labelledby="from-nothing">
        <h2 id="from-nothing">Or begin with an empty one</h2>
        <ul className="gallery-blank">
          {Object.entries(triggers).map(([trigger, { title, icon }]) => (
            <li key={trigger}>
              <Link className="button" href={paths.newRule(trigger)}>
                <Icon name={icon} /> {title}
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
