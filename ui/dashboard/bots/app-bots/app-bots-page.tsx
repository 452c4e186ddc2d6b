import { type FormEvent, useEffect, useRef, useState } from "react";
import type { App, Bots, IdentityBotPage } from "../../../shared/agent";
import { Button } from "../../parts/button";
import { Heading } from "../../parts/heading";
import { Icon } from "../../parts/icon";
import { paths } from "../../router/route";
import { useGuard } from "../../router/router";
import { useSession } from "../../session/session";
import { Crumbs } from "../../settings/crumbs";
import { PageSkeleton } from "../../settings/skeleton";
import { useAdding } from "../../settings/use-adding";
import { useLoaded } from "../../settings/use-loaded";
import { Failed } from "../../shell/failed";
import { AskSection } from "./ask-section";
import { ExampleCard } from "./example-card";
import { FeedbackSection } from "./feedback-section";
import { isDirty, texts, toSend } from "./page";
import { TextsSection } from "./texts-section";
import "../bots.css";
import "../editor.css";
import "../preview/preview.css";

/** AppBotsPage is which bots an app has of its own: the one that asks who writes, and the one that asks how it was. */
export function AppBotsPage({ id }: { id: string }) {
  const path = `/apps/${encodeURIComponent(id)}`;
  const app = useLoaded<App>(path);
  const page = useLoaded<IdentityBotPage>(`${path}/bots`);
  const bots = useLoaded<Bots>("/bots");
  const error = app.error || page.error || bots.error;
  const retry = () => {
    app.retry();
    page.retry();
    bots.retry();
  };
  if (error) return <Failed text={error} retry={retry} />;
  if (!app.data || !page.data || !bots.data) return <PageSkeleton />;
  return <Form app={app.data} page={page.data} set={page.setData} bots={bots.data} path={`${path}/bots`} />;
}

interface FormProps {
  app: App;
  page: IdentityBotPage;
  set: (page: IdentityBotPage) => void;
  bots: Bots;
  path: string;
}

function Form({ app, page, set, bots, path }: FormProps) {
  const { api } = useSession();
  const [draft, setDraft] = useState(page);
  const { busy, problem, add } = useAdding();
  const form = useRef<HTMLFormElement>(null);
  const dirty = isDirty(draft, page);
  useGuard(dirty);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  const submit = async (e: FormEvent) => {
    e.preventDefault();
    const fresh = await add(() => api.put<IdentityBotPage>(path, toSend(draft)), "Saved.");
    if (!fresh) return;
    const whole = { ...fresh, words: fresh.words ?? page.words };
    set(whole);
    setDraft(whole);
  };
  const section = { draft, onChange: setDraft, problem };
  return (
    <div className="settings-body wide">
      <Crumbs
        list={[
          { text: "Settings" },
          { text: "App settings", href: paths.apps },
          { text: app.name, href: paths.app(app.id) },
          { text: "Identity Bot and feedback" },
        ]}
      />
      <Heading title="Identity Bot and feedback">Identity Bot and feedback</Heading>
      <p className="soft">Who writes, asked at the beginning. And how it was, asked at the end.</p>
      <div className="app-bots">
        <form ref={form} className="web-chat-form" onSubmit={(e) => void submit(e)} noValidate>
          <AskSection {...section} followUps={app.web_chat.follow_up.enabled} />
          {draft.on && <TextsSection {...section} />}
          <FeedbackSection {...section} bots={bots.bots} />
          {problem && !isPlaced(problem.field) && (
            <p className="callout bad" role="alert">
              <Icon name="alert" /> {problem.text}
            </p>
          )}
          <div className="save-bar" data-dirty={dirty || undefined}>
            <p role="status">{dirty ? "You have changes that are not saved." : "Everything is saved."}</p>
            <Button kind="quiet" disabled={!dirty || busy} onClick={() => setDraft(page)}>
              Discard
            </Button>
            <Button type="submit" kind="primary" disabled={!dirty} busy={busy}>
              {busy ? "Saving…" : "Save"}
            </Button>
          </div>
        </form>
        <ExampleCard page={draft} />
      </div>
    </div>
  );
}

const isPlaced = (field: string) => texts.some((t) => t === field) || field === "feedback_bot_id";
