import { createContext, type ReactNode, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import type { Attachment } from "../../shared/agent";
import { useNotify } from "../parts/notices";
import { useSession } from "../session/session";
import { newId } from "./new-id";
import { mostFiles, Uploads } from "./uploads";

const Context = createContext<Uploads | null>(null);

/** UploadsProvider carries the files of unfinished answers from page to page. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const { api } = useSession();
  const uploads = useMemo(
    () =>
      new Uploads({
        newId,
        send: ({ file, name, clientId }, progress, signal) => {
          const query = new URLSearchParams({ name, client_id: clientId });
          return api.upload<Attachment>(`/attachments?${query}`, file, progress, signal);
        },
      }),
    [api],
  );
  useEffect(() => () => uploads.stop(), [uploads]);
  return <Context.Provider value={uploads}>{children}</Context.Provider>;
}

/** useUploads is what belongs to the answer in one conversation. */
export function useUploads(issue: string) {
  const uploads = useContext(Context);
  if (!uploads) throw new Error("useUploads needs an UploadsProvider");
  const notify = useNotify();
  const list = useSyncExternalStore(uploads.subscribe, () => uploads.of(issue));
  return useMemo(
    () => ({
      list,
      add: (files: File[]) => {
        if (uploads.add(issue, files) > 0) notify(`A message takes at most ${mostFiles} files.`, "bad");
      },
      retry: (clientId: string) => uploads.retry(issue, clientId),
      remove: (clientId: string) => uploads.remove(issue, clientId),
      take: () => uploads.take(issue),
    }),
    [uploads, issue, list, notify],
  );
}

export type IssueUploads = ReturnType<typeof useUploads>;
