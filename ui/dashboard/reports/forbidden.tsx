import { Blank } from "../parts/blank";
import { Heading } from "../parts/heading";
import { paths } from "../router/route";
import { Link } from "../router/router";

/** Forbidden says who may see reports. */
export function Forbidden() {
  return (
    <div className="centered">
      <Heading title="Reports" className="hidden-text">
        Reports
      </Heading>
      <Blank
        icon="lock"
        title="Reports are for supervisors"
        action={
          <Link className="button" href={paths.inbox}>
            Go to the inbox
          </Link>
        }
      >
        Ask an administrator to change your role if you need them.
      </Blank>
    </div>
  );
}
