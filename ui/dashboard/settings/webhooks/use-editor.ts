import { useEffect, useState } from "react";
import type { RuleOptions, Webhook, Webhooks } from "../../../shared/agent";
import { useNotify } from "../../parts/notices";
import { paths } from "../../router/route";
import { useGuard, useRouter } from "../../router/router";
import { ApiError, textOf } from "../../session/api";
import { useSession } from "../../session/session";
import {
  type Draft,
  draftOf,
  isDirty,
  isFree,
  noWebhook,
  type Problems,
  placed,
  problemsOf,
  toSend,
} from "./draft";
import { pathOf } from "./use-webhooks";

/** useEditor keeps a webhook while it is edited, and saves it: then it leads to the page of the webhook. */
export function useEditor(webhook: Webhook | undefined, options: RuleOptions) {
  const { api } = useSession();
  const notify = useNotify();
  const { navigate } = useRouter();
  const start = webhook ? draftOf(webhook) : noWebhook;
  const [draft, setDraft] = useState<Draft>(start);
  const [problems, setProblems] = useState<Problems | null>(null);
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState("");
  useGuard(!saved && isDirty(draft, start));
  useEffect(() => {
    if (saved) navigate(paths.webhook(saved), { replace: !webhook });
  }, [saved, webhook, navigate]);
  const send = async () => {
    const body = toSend(draft);
    try {
      const { webhooks } = webhook
        ? await api.put<Webhooks>(pathOf(webhook.id), body)
        : await api.post<Webhooks>("/webhooks", body);
      notify(webhook ? `“${body.title}” is saved.` : `“${body.title}” sends from now on.`);
      setSaved(webhook?.id ?? newest(webhooks));
    } catch (err) {
      setProblems(placed({ field: err instanceof ApiError ? err.field : "", text: textOf(err) }));
    }
  };
  const save = async () => {
    if (busy) return;
    const missing = problemsOf(draft, options);
    setProblems(isFree(missing) ? null : missing);
    if (!isFree(missing)) return;
    setBusy(true);
    await send();
    setBusy(false);
  };
  /** A change takes back what was wrong: it may be right now. */
  const change = (part: Partial<Draft>) => {
    setDraft((held) => ({ ...held, ...part }));
    setProblems(null);
  };
  return { draft, change, problems, busy, save };
}

/** newest is the id of the webhook that was made last. */
const newest = (list: Webhook[]): string =>
  list.reduce((a, b) => (b.created_at > a.created_at ? b : a), list[0] as Webhook).id;
