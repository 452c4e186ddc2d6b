import { type FormEvent, type ReactNode, useEffect } from "react";
import { Button } from "../parts/button";
import { Heading } from "../parts/heading";
import { Icon, Logo } from "../parts/icon";
import { paths } from "../router/route";
import { Link } from "../router/router";
import "../session/sign-in.css";
import type { Looked } from "./use-token";

/** Card is the page of somebody who comes by a link in an e-mail and is not signed in. */
export function Card({
  title,
  children,
  submit,
}: {
  title: string;
  children: ReactNode;
  submit?: () => void;
}) {
  const send = (e: FormEvent) => {
    e.preventDefault();
    submit?.();
  };
  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={send} noValidate>
        <Logo size={40} />
        <Heading key={title} title={title}>
          {title}
        </Heading>
        {children}
      </form>
    </main>
  );
}

/** NotThere is what a link shows that cannot be looked at: yet, now, or ever. */
export function NotThere({
  looked,
  retry,
  advice,
}: {
  looked: Looked;
  retry: () => void;
  advice: ReactNode;
}) {
  if (looked.kind === "there") return null;
  if (looked.kind === "loading") return <div className="boot" role="status" aria-label="Loading" />;
  return (
    <Card title={looked.retry ? "This could not be loaded" : "This link does not work"}>
      <p className="callout bad" role="alert">
        <Icon name="alert" /> <span>{looked.text}</span>
      </p>
      {looked.retry ? (
        <Button icon="refresh" wide onClick={retry}>
          Try again
        </Button>
      ) : (
        <p className="soft">{advice}</p>
      )}
      <Link className="text-button sign-in-link" href={paths.signIn}>
        Go to sign-in
      </Link>
    </Card>
  );
}

/** useFirstProblem puts the focus where the first complaint is, once there is one. */
export function useFirstProblem(problem: unknown) {
  useEffect(() => {
    if (problem) document.querySelector<HTMLElement>('.sign-in-card [aria-invalid="true"]')?.focus();
  }, [problem]);
}
