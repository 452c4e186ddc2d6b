import { memo, useCallback, useMemo, useState } from "react";
import { Blank } from "../parts/blank";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { Thread } from "../thread/thread";
import { InboxContext } from "./context";
import { ListColumn } from "./list-column";
import { type Look, lookOf, searchOf } from "./look";
import { useCounts, useOptions, useSmartViews } from "./use-views";
import { ViewList } from "./view-list";
import "./inbox.css";
import "./views.css";
import "./filter.css";
import "./rows.css";
import "./bulk.css";

/** Inbox is the views, the list of conversations and, beside it, the open one. */
export function Inbox({ issueId }: { issueId?: string }) {
  const { search, navigate } = useRouter();
  const look = useMemo(() => lookOf(search), [search]);
  const { counts, recount } = useCounts();
  const [smart, smartActions] = useSmartViews(recount);
  const options = useOptions();
  const [filled, setFilled] = useState(false);
  const setLook = useCallback(
    (next: Look) =>
      navigate((issueId ? paths.issue(issueId) : paths.inbox) + searchOf(next), { replace: true }),
    [navigate, issueId],
  );
  const context = useMemo(
    () => ({ look, setLook, counts, smart, smartActions, options }),
    [look, setLook, counts, smart, smartActions, options],
  );
  return (
    <InboxContext.Provider value={context}>
      <div className="inbox" data-open={issueId ? "" : undefined}>
        <nav className="inbox-views" aria-label="Views">
          <p className="inbox-title">Inbox</p>
          <ViewList />
        </nav>
        <ListColumn selected={issueId} setFilled={setFilled} />
        {issueId ? (
          <OpenThread key={issueId} id={issueId} back={paths.inbox + searchOf(look)} />
        ) : (
          <div className="inbox-none">
            {filled && (
              <Blank icon="chat" title="Pick a conversation">
                Its messages, the visitor’s whereabouts and every follow-up appear here. Press <kbd>?</kbd>{" "}
                for the keyboard shortcuts.
              </Blank>
            )}
          </div>
        )}
      </div>
    </InboxContext.Provider>
  );
}

/** What happens in the list is nothing to the open conversation. */
const OpenThread = memo(Thread);
