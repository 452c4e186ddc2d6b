import { useEffect, useState } from "react";
import type { Look } from "../../../shared/agent";
import { aborted } from "../../session/api";
import { useSession } from "../../session/session";
import { type Draft, toSend } from "../draft";
import { areColors } from "./colors";

/** useLook asks the server how the chat shows the colours on screen. What it said last stands while a colour is being typed. */
export function useLook(appId: string, draft: Draft): Look | null {
  const { api } = useSession();
  const [look, setLook] = useState<Look | null>(null);
  const { color, colors } = draft.web_chat;
  const ready = areColors(draft.web_chat);
  const mark = JSON.stringify([color, colors]);
  const first = look === null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another colour is worth a question
  useEffect(() => {
    if (!ready) return;
    const request = new AbortController();
    const timer = setTimeout(
      () =>
        api
          .post<Look>(`/apps/${encodeURIComponent(appId)}/web-chat/look`, toSend(draft), request.signal)
          .then(setLook)
          .catch((err) => aborted(err) || undefined), // the next colour asks again, and saving says what is wrong
      first ? 0 : 120,
    );
    return () => {
      clearTimeout(timer);
      request.abort();
    };
  }, [api, appId, mark, ready, first]);
  return look;
}
