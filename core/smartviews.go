package core

import (
	"context"

	"rejoin"
	"rejoin/live"
)

// maxViews is how many an agent has, and how many a team shares.
const maxViews = 50

// NewSmartView is what a view is made or changed to.
type NewSmartView struct {
	Name   string
	Shared bool // for the whole team; supervisors keep those
	Filter rejoin.IssueFilter
}

// Views returns the Smart Views that the agent sees: those the team shares first, then their own.
func (s *Inbox) Views(ctx context.Context, a rejoin.Agent) (list []rejoin.SmartView, err error) {
	err = s.read(ctx, func(u *unit) error {
		list, err = u.Tx.SmartViews(a.DomainID, a.ID)
		return err
	})
	return list, err
}

// SetView makes a view, or changes the one with the id if that is not empty, and returns all. Only supervisors make, change and unshare shared ones.
func (s *Inbox) SetView(ctx context.Context, a rejoin.Agent, id string, in NewSmartView) (list []rejoin.SmartView, err error) {
	v, err := rejoin.CheckSmartView(rejoin.SmartView{ID: id, DomainID: a.DomainID, Name: in.Name, Filter: in.Filter})
	if err != nil {
		return nil, err
	}
	if in.Shared {
		if err := supervise(a); err != nil {
			return nil, err
		}
	} else {
		v.OwnerID = a.ID
	}
	err = s.write(ctx, func(u *unit) error {
		view := v
		if list, err = u.Tx.SmartViews(a.DomainID, a.ID); err != nil {
			return err
		}
		if id == "" {
			view.ID, view.CreatedAt = newID("view"), u.now
		} else {
			before, err := u.keptView(a, id)
			if err != nil {
				return err
			}
			view.CreatedAt = before.CreatedAt
		}
		if err := roomForView(list, view); err != nil {
			return err
		}
		if err := u.PutSmartView(view); err != nil {
			return err
		}
		u.tellViews(a.DomainID)
		list, err = u.Tx.SmartViews(a.DomainID, a.ID)
		return err
	})
	return list, err
}

// roomForView looks whether one more of its kind fits.
func roomForView(list []rejoin.SmartView, v rejoin.SmartView) error {
	n := 0
	for _, o := range list {
		if o.OwnerID == v.OwnerID && o.ID != v.ID {
			n++
		}
	}
	if n >= maxViews {
		return rejoin.Errorf(rejoin.Limited, "There are %d such views already. Delete one that nobody needs first.", maxViews)
	}
	return nil
}

// DeleteView forgets a view and returns the others.
func (s *Inbox) DeleteView(ctx context.Context, a rejoin.Agent, id string) (list []rejoin.SmartView, err error) {
	err = s.write(ctx, func(u *unit) error {
		if _, err := u.keptView(a, id); err != nil {
			return err
		}
		if err := u.DeleteSmartView(id); err != nil {
			return err
		}
		u.tellViews(a.DomainID)
		list, err = u.Tx.SmartViews(a.DomainID, a.ID)
		return err
	})
	return list, err
}

// tellViews lets the team's dashboards ask for the counts again, where a view they do not know may be.
func (u *unit) tellViews(domainID string) {
	u.signals = append(u.signals, live.Signal{Topic: live.DomainTopic(domainID), Kind: live.Changed})
}

// seenView returns a view that the agent may use.
func (u *unit) seenView(a rejoin.Agent, id string) (rejoin.SmartView, error) {
	v, err := u.SmartView(id)
	if err == nil && (v.DomainID != a.DomainID || v.OwnerID != "" && v.OwnerID != a.ID) {
		return rejoin.SmartView{}, rejoin.Errorf(rejoin.NotFound, "There is no such view.")
	}
	return v, err
}

// keptView returns a view that the agent may change.
func (u *unit) keptView(a rejoin.Agent, id string) (rejoin.SmartView, error) {
	v, err := u.seenView(a, id)
	if err == nil && v.OwnerID == "" {
		err = supervise(a)
	}
	return v, err
}
