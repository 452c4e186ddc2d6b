import { Icon } from "../parts/icon";
import "./sign-in.css";

/** SingleSignOn leaves for the company's sign-in, which comes back to the path. */
export function SingleSignOn({ text, back }: { text: string; back: string }) {
  return (
    <>
      <p className="sign-in-or">or</p>
      <a className="button wide" href={`/agent/v1/sso/start?back=${encodeURIComponent(back)}`}>
        <Icon name="key" /> <span className="ellipsis">{text}</span>
      </a>
    </>
  );
}
