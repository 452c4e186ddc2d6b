import { type FormEvent, useEffect } from "react";
import type { SignInOptions } from "../../shared/agent";
import { Icon, Logo } from "../parts/icon";
import { paths } from "../router/route";
import { Link, useRouter } from "../router/router";
import { useSession } from "./session";
import { isCodeStep, type SignInState } from "./sign-in-state";
import { Asked, CodeStep, ForgotStep, PasswordStep } from "./sign-in-steps";
import { problemWords } from "./sso-problems";
import "./sign-in.css";
import { useOptions } from "./use-options";
import { useSignIn } from "./use-sign-in";

const headings: Record<SignInState["step"], [title: string, text: string]> = {
  password: ["Sign in to Rejoin", "Answer the people who wrote to you, wherever they are now."],
  code: ["Enter your code", "Open your authenticator app and type the six digits it shows for Rejoin."],
  recovery: [
    "Enter a recovery code",
    "One of the ten that you kept when you set two-factor sign-in up. Each works once.",
  ],
  forgot: ["Forgot your password?", "We send you a link to choose a new one. It is good for an hour."],
  asked: ["Look into your mailbox", ""],
};

/** SignIn asks who somebody is. It stands at any address while nobody is signed in. */
export function SignIn() {
  const { route, navigate } = useRouter();
  const options = useOptions();
  const entered = () => {
    if (route.page === "sign-in") navigate(paths.inbox, { replace: true });
  };
  const { state, tell, submit, form } = useSignIn(entered);
  const { step } = state;
  const [title, text] = headings[step];
  useEffect(() => {
    document.title = `${title} · Rejoin`;
  }, [title]);
  const send = (e: FormEvent) => {
    e.preventDefault();
    void submit();
  };
  const parts = { state, tell, submit, options };
  return (
    <main className="sign-in">
      <form ref={form} className="sign-in-card" onSubmit={send} noValidate aria-labelledby="sign-in-title">
        <Logo size={40} />
        <h1 id="sign-in-title" tabIndex={-1}>
          {title}
        </h1>
        {text && <p className="soft">{text}</p>}
        <Told state={state} options={options} />
        {step === "password" && <PasswordStep {...parts} />}
        {isCodeStep(step) && <CodeStep {...parts} />}
        {step === "forgot" && <ForgotStep {...parts} />}
        {step === "asked" && <Asked {...parts} />}
      </form>
    </main>
  );
}

/** Told says why somebody is here, and what went wrong with the form as a whole. */
function Told({ state: { step, problem }, options }: { state: SignInState; options: SignInOptions }) {
  const { state } = useSession();
  const { search } = useRouter();
  const came = problemWords(new URLSearchParams(search).get("problem") ?? "", options.sso ?? "");
  if (problem && !["email", "password", "code"].includes(problem.field)) return <Bad text={problem.text} />;
  if (problem || step !== "password") return null;
  if (options.first_run) return <FirstRun />;
  if (came) return <Bad text={came} />;
  if (state.kind !== "out" || !(state.ended || state.told)) return null;
  return (
    <p className="callout" role="status">
      <Icon name="info" /> {state.told || "Your session has ended. Sign in again to go on where you were."}
    </p>
  );
}

function Bad({ text }: { text: string }) {
  return (
    <p className="callout bad" role="alert">
      <Icon name="alert" /> <span>{text}</span>
    </p>
  );
}

function FirstRun() {
  return (
    <p className="callout" role="status">
      <Icon name="info" />
      <span>
        Nobody has set this server up yet. <Link href={paths.setup}>Set it up</Link>
      </span>
    </p>
  );
}
