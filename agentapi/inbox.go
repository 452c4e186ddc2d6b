package agentapi

import (
	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// inboxes is the list of conversations and its views.
type inboxes struct{ *API }

// inboxRoutes are the list of conversations and its views.
func (a *API) inboxRoutes() []route {
	in := inboxes{a}
	return []route{
		{"POST /agent/v1/issues/query", rejoin.Answer, in.query},
		{"GET /agent/v1/issues/counts", rejoin.Answer, in.counts},
		{"GET /agent/v1/issues/options", rejoin.Answer, in.options},
		{"POST /agent/v1/issues/bulk", rejoin.Answer, in.bulk},
		{"GET /agent/v1/views", rejoin.Answer, in.views},
		{"POST /agent/v1/views", rejoin.Answer, in.setView},
		{"PUT /agent/v1/views/{view}", rejoin.Answer, in.setView},
		{"DELETE /agent/v1/views/{view}", rejoin.Answer, in.deleteView},
	}
}

func (a inboxes) query(c call) (any, error) {
	var in InboxQuery
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	q := core.InboxQuery{View: in.View, Filter: in.Filter, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit}
	p, err := a.Core.Inbox.Page(c.r.Context(), c.agent, q)
	if err != nil {
		return nil, err
	}
	return Inbox{Issues: mapped(p.Rows, rowOf), Hits: p.Hits, Next: p.Next, Total: p.Total}, nil
}

func (a inboxes) counts(c call) (any, error) {
	n, err := a.Core.Inbox.Counts(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	return Counts(n), nil
}

func (a inboxes) options(c call) (any, error) {
	o, err := a.Core.Inbox.Options(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	return InboxOptions{Apps: mapped(o.Apps, namedApp), Languages: o.Languages,
		Queues: mapped(o.Queues, func(q rejoin.Queue) NamedQueue { return NamedQueue{ID: q.ID, Name: q.Name} }), Tags: listOf(o.Tags), Fields: mapped(o.Fields, definitionOf)}, nil
}

func namedApp(a rejoin.App) NamedApp { return NamedApp{ID: a.ID, Name: a.Name} }

func (a inboxes) bulk(c call) (any, error) {
	var in BulkEdit
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	done, err := a.Core.Inbox.Bulk(c.r.Context(), c.agent, core.BulkEdit{ClientID: in.ClientID, IssueIDs: in.IssueIDs, State: in.State,
		AssigneeID: in.AssigneeID, QueueID: in.QueueID, AddTags: in.AddTags, RemoveTags: in.RemoveTags})
	if err != nil {
		return nil, err
	}
	return BulkResult{Changed: done.Changed, Failed: mapped(done.Failed, func(f core.BulkFailure) BulkFailure { return BulkFailure(f) })}, nil
}

func (a inboxes) views(c call) (any, error) {
	return viewsOf(a.Core.Inbox.Views(c.r.Context(), c.agent))
}

// setView makes a view, or changes the one that the path names.
func (a inboxes) setView(c call) (any, error) {
	var in SetSmartView
	if err := web.ReadJSON(c.w, c.r, &in, maxSettings); err != nil {
		return nil, err
	}
	id, err := c.viewID()
	if err != nil {
		return nil, err
	}
	return viewsOf(a.Core.Inbox.SetView(c.r.Context(), c.agent, id, core.NewSmartView{Name: in.Name, Shared: in.Shared, Filter: in.Filter}))
}

func (a inboxes) deleteView(c call) (any, error) {
	id, err := c.viewID()
	if err != nil {
		return nil, err
	}
	return viewsOf(a.Core.Inbox.DeleteView(c.r.Context(), c.agent, id))
}

// viewID is which view the path names; empty if it names none.
func (c call) viewID() (string, error) {
	id := c.r.PathValue("view")
	if id != "" && !isID(id) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such view.")
	}
	return id, nil
}

func viewsOf(list []rejoin.SmartView, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return SmartViews{Views: mapped(list, func(v rejoin.SmartView) SmartView {
		return SmartView{ID: v.ID, Name: v.Name, Shared: v.OwnerID == "", Filter: v.Filter}
	})}, nil
}
