import { Fragment } from "react";
import { Icon } from "../parts/icon";
import { Link } from "../router/router";

export interface Crumb {
  text: string;
  href?: string;
}

/** Crumbs is the way to a page of the settings. The last one is the page itself. */
export function Crumbs({ list }: { list: Crumb[] }) {
  return (
    <nav className="crumbs" aria-label="Breadcrumb">
      <ol>
        {list.map(({ text, href }, i) => (
          <Fragment key={text}>
            {i > 0 && (
              <li aria-hidden="true">
                <Icon name="right" size={14} className="mirror" />
              </li>
            )}
            <li>
              {href ? (
                <Link href={href}>{text}</Link>
              ) : (
                <span aria-current={i === list.length - 1 ? "page" : undefined}>{text}</span>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}
