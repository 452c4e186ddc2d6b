import { useCallback } from "react";
import { Blank } from "../parts/blank";
import { Heading } from "../parts/heading";
import { paths } from "../router/route";
import { useRouter } from "../router/router";
import { Thread } from "../thread/thread";
import { Filters } from "./filters";
import { List } from "./list";
import { type Filter, filterOf, searchOf } from "./rows";
import { useInbox } from "./use-inbox";
import "./inbox.css";

/** Inbox is the list of conversations and, beside it, the open one. */
export function Inbox({ issueId }: { issueId?: string }) {
  const { search, navigate } = useRouter();
  const filter = filterOf(search);
  const { state, loadMore, retry } = useInbox(filter, issueId);
  const setFilter = useCallback(
    (next: Filter) =>
      navigate((issueId ? paths.issue(issueId) : paths.inbox) + searchOf(next), { replace: true }),
    [navigate, issueId],
  );
  return (
    <div className="inbox" data-open={issueId ? "" : undefined}>
      <section className="inbox-list" aria-label="Conversations">
        {issueId ? <h1>Inbox</h1> : <Heading title="Inbox">Inbox</Heading>}
        <Filters filter={filter} counts={state.counts} onChange={setFilter} />
        <List state={state} search={searchOf(filter)} loadMore={loadMore} retry={retry} />
      </section>
      {issueId ? (
        <Thread key={issueId} id={issueId} back={paths.inbox + searchOf(filter)} />
      ) : (
        <div className="inbox-none">
          {state.rows.length > 0 && (
            <Blank icon="chat" title="Pick a conversation">
              Its messages, the visitor’s whereabouts and every follow-up appear here.
            </Blank>
          )}
        </div>
      )}
    </div>
  );
}
