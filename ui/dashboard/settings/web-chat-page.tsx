import { type FormEvent, useEffect, useRef, useState } from "react";
import type { App } from "../../shared/agent";
import { Heading } from "../parts/heading";
import { Icon } from "../parts/icon";
import { useNotify } from "../parts/notices";
import { paths } from "../router/route";
import { useGuard } from "../router/router";
import { ApiError, textOf } from "../session/api";
import { useMe, useSession } from "../session/session";
import { Failed } from "../shell/failed";
import { Crumbs } from "./crumbs";
import { draftOf, isDirty, isPlaced, type Problem, toSend } from "./draft";
import { EmbedCode } from "./embed-code";
import { FollowUpOff } from "./follow-up-off";
import { FollowUpSection } from "./follow-up-section";
import { LookSection } from "./look/look-section";
import { useLook } from "./look/use-look";
import { OriginsSection } from "./origins-section";
import { Previews } from "./preview/previews";
import { SaveBar } from "./save-bar";
import { Simulator } from "./simulator/simulator";
import { PageSkeleton } from "./skeleton";
import { GreetingSection, ResolutionSection, ShowSection, TalkSection } from "./talk-sections";
import { useLoaded } from "./use-loaded";

/** WebChatPage is "Configure Web Chat" of one app. */
export function WebChatPage({ id }: { id: string }) {
  const { data, setData, error, retry } = useLoaded<App>(`/apps/${encodeURIComponent(id)}`);
  if (error) return <Failed text={error} retry={retry} />;
  if (!data) return <PageSkeleton />;
  return <WebChatForm app={data} saved={setData} />;
}

function WebChatForm({ app, saved }: { app: App; saved: (app: App) => void }) {
  const me = useMe();
  const [draft, setDraft] = useState(() => draftOf(app));
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, save } = useSaving(app, saved, setDraft);
  const dirty = isDirty(draft, draftOf(app));
  const look = useLook(app.id, draft);
  const followUps = me.features.includes("follow-up-email");
  useGuard(dirty);
  useEffect(() => {
    if (!problem) return;
    const at = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    at?.focus();
    at?.scrollIntoView({ block: "center" });
  }, [problem]);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (!busy) void save(toSend(draft));
  };
  const section = { draft, onChange: setDraft, problem };
  return (
    <div className="settings-body wide">
      <Crumbs
        list={[
          { text: "Settings" },
          { text: "App settings", href: paths.apps },
          { text: app.name, href: paths.app(app.id) },
          { text: "Web Chat", href: paths.app(app.id) },
          { text: "Configure Web Chat" },
        ]}
      />
      <Heading title="Configure Web Chat">Configure Web Chat</Heading>
      <div className="web-chat">
        <form ref={form} className="web-chat-form" onSubmit={submit} noValidate>
          <ShowSection {...section} />
          <LookSection {...section} tints={look?.tints ?? []} appName={app.name} />
          <GreetingSection {...section} />
          <TalkSection {...section} />
          <ResolutionSection {...section} />
          {followUps ? (
            <FollowUpSection {...section} appId={app.id} presets={app.presets} hosted={app.hosted_url} />
          ) : (
            <FollowUpOff />
          )}
          {followUps && <Simulator appId={app.id} settings={draft.web_chat.follow_up} />}
          <OriginsSection {...section} />
          <EmbedCode app={app} />
          {problem && !isPlaced(problem.field) && (
            <p className="callout bad" role="alert">
              <Icon name="alert" /> {problem.text}
            </p>
          )}
          <SaveBar dirty={dirty} busy={busy} discard={() => setDraft(draftOf(app))} />
        </form>
        <Previews app={app} draft={draft} look={look} mail={followUps && draft.web_chat.follow_up.enabled} />
      </div>
    </div>
  );
}

function useSaving(app: App, saved: (app: App) => void, setDraft: (d: ReturnType<typeof draftOf>) => void) {
  const { api } = useSession();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (draft: ReturnType<typeof draftOf>) => {
    setBusy(true);
    setProblem(null);
    try {
      const path = `/apps/${encodeURIComponent(app.id)}`;
      await api.put(`${path}/web-chat`, draft);
      const fresh = await api.get<App>(path);
      saved(fresh);
      setDraft(draftOf(fresh));
      notify("Saved.");
    } catch (err) {
      const field = err instanceof ApiError ? err.field : "";
      setProblem({ field, text: textOf(err) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, save };
}
