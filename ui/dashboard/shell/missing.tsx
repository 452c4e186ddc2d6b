import { Blank } from "../parts/blank";
import { Heading } from "../parts/heading";
import { paths } from "../router/route";
import { Link } from "../router/router";

export function Missing() {
  return (
    <div className="centered">
      <Heading title="Page not found" className="hidden-text">
        Page not found
      </Heading>
      <Blank
        icon="info"
        title="There is no such page"
        action={
          <Link className="button" href={paths.inbox}>
            Go to the inbox
          </Link>
        }
      >
        The address may be mistyped, or the page has moved.
      </Blank>
    </div>
  );
}
