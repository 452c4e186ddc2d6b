import { type FormEvent, useEffect, useRef, useState } from "react";
import type { App, BusinessHours, Hours } from "../../../shared/agent";
import { Heading } from "../../parts/heading";
import { Icon } from "../../parts/icon";
import { useNotify } from "../../parts/notices";
import { paths } from "../../router/route";
import { useGuard } from "../../router/router";
import { ApiError, textOf } from "../../session/api";
import { useSession } from "../../session/session";
import { Failed } from "../../shell/failed";
import { useNow } from "../../time/ticking";
import { Crumbs } from "../crumbs";
import { errorAt, type Problem } from "../draft";
import { SaveBar } from "../save-bar";
import { Section } from "../section";
import { PageSkeleton } from "../skeleton";
import { useLoaded } from "../use-loaded";
import { AdviceList } from "./advice";
import { Chart } from "./chart";
import { Holidays } from "./holidays";
import "./hours.css";
import { ownZone, stateWords } from "./moment";
import { OutsideChoice } from "./outside";
import { useTry } from "./use-try";
import { isPlaced, isWhole, toSave } from "./week";
import { WeekEditor } from "./week-editor";
import { ZoneField } from "./zone-field";

/** HoursPage is "Business hours" of one app. */
export function HoursPage({ id }: { id: string }) {
  const app = useLoaded<App>(`/apps/${encodeURIComponent(id)}`);
  const held = useLoaded<Hours>(`/apps/${encodeURIComponent(id)}/hours`);
  const error = app.error || held.error;
  const retry = () => {
    app.retry();
    held.retry();
  };
  if (error) return <Failed text={error} retry={retry} />;
  if (!app.data || !held.data) return <PageSkeleton />;
  return (
    <Form app={app.data} held={held.data} saved={(h) => held.setData({ ...h, zones: held.data?.zones })} />
  );
}

interface FormProps {
  app: App;
  held: Hours;
  saved: (hours: Hours) => void;
}

function Form({ app, held, saved }: FormProps) {
  const [draft, setDraft] = useState(held.hours);
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, save } = useSaving(app.id, (h) => {
    saved(h);
    setDraft(h.hours);
  });
  const dirty = JSON.stringify(toSave(draft)) !== JSON.stringify(held.hours);
  const said = useTry(app.id, { hours: toSave(draft) }, isWhole(draft)) ?? held;
  const zones = held.zones ?? [];
  useGuard(dirty);
  useEffect(() => {
    if (!problem) return;
    const at = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    at?.focus();
    at?.scrollIntoView({ block: "center" });
  }, [problem]);
  const submit = (e: FormEvent) => {
    e.preventDefault();
    if (busy || !dirty) return;
    const sorted = toSave(draft); // the server's errors name holidays by their place
    setDraft(sorted);
    void save(sorted);
  };
  return (
    <div className="settings-body">
      <Crumbs
        list={[
          { text: "Settings" },
          { text: "App settings", href: paths.apps },
          { text: app.name, href: paths.app(app.id) },
          { text: "Business hours" },
        ]}
      />
      <Heading title="Business hours">Business hours</Heading>
      <p className="soft">
        When your people are there. Visitors learn when to expect an answer, and automations and bots can ask
        for it.
      </p>
      <form ref={form} className="web-chat-form" onSubmit={submit} noValidate>
        <OnOff
          draft={draft}
          onChange={setDraft}
          said={said}
          zones={zones}
          fresh={isFresh(held.hours, draft)}
        />
        {draft.on && <Schedule draft={draft} onChange={setDraft} problem={problem} zones={zones} />}
        {said.advice.length > 0 && (
          <Section title="What this means here" text="Your hours and your follow-ups by e-mail, together.">
            <AdviceList list={said.advice} />
          </Section>
        )}
        {problem && !isPlaced(problem.field) && (
          <p className="callout bad" role="alert">
            <Icon name="alert" /> {problem.text}
          </p>
        )}
        <SaveBar dirty={dirty} busy={busy} discard={() => setDraft(held.hours)} />
      </form>
    </div>
  );
}

interface PartProps {
  draft: BusinessHours;
  onChange: (hours: BusinessHours) => void;
}

/** isFresh reports whether no zone was chosen yet. */
const isFresh = (saved: BusinessHours, draft: BusinessHours) =>
  !saved.on && saved.zone === "UTC" && draft.zone === "UTC";

interface OnOffProps extends PartProps {
  said: Hours;
  zones: string[];
  /** Hours were never set. */
  fresh: boolean;
}

function OnOff({ draft, onChange, said, zones, fresh }: OnOffProps) {
  const now = useNow(10_000);
  const on = draft.on && said.hours.on;
  return (
    <Section
      title="Business hours"
      text="Off, the chat is the same at all hours."
      toggle={{
        on: draft.on,
        set: (value) =>
          onChange(
            value && fresh ? { ...draft, on: true, zone: ownZone(zones) || "UTC" } : { ...draft, on: value },
          ),
      }}
    >
      <p className="open-now" data-open={on ? said.open : undefined} role="status">
        <span className="open-dot" aria-hidden="true" />
        {stateWords({ ...said, hours: { ...said.hours, on } }, now)}
      </p>
    </Section>
  );
}

function Schedule({
  draft,
  onChange,
  problem,
  zones,
}: PartProps & { problem: Problem | null; zones: string[] }) {
  const part = { hours: draft, onChange, problem };
  return (
    <>
      <Section
        title="Weekly hours"
        text="00:00 as an end is midnight. A night goes on as a part of the next day."
      >
        <ZoneField
          zone={draft.zone}
          zones={zones}
          error={errorAt(problem, "zone")}
          onChange={(zone) => onChange({ ...draft, zone })}
        />
        <WeekEditor {...part} />
        <Chart hours={draft} />
      </Section>
      <Section title="Holidays" text="On these dates, their hours take the place of the day’s.">
        <Holidays {...part} />
      </Section>
      <Section title="Outside of the hours" text="What visitors meet while you are closed.">
        <OutsideChoice
          value={draft.outside}
          error={errorAt(problem, "outside")}
          onChange={(outside) => onChange({ ...draft, outside })}
        />
      </Section>
    </>
  );
}

function useSaving(appId: string, saved: (hours: Hours) => void) {
  const { api } = useSession();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const save = async (hours: BusinessHours) => {
    setBusy(true);
    setProblem(null);
    try {
      saved(await api.put<Hours>(`/apps/${encodeURIComponent(appId)}/hours`, { hours }));
      notify("Saved.");
    } catch (err) {
      setProblem({ field: err instanceof ApiError ? err.field : "", text: textOf(err) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, save };
}
