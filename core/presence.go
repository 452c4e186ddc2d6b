package core

import (
	"context"
	"regexp"
	"time"

	"rejoin"
	"rejoin/store"
)

// Presence knows where users are. Each open tab is a row that belongs to the node with its connection; the user is where
// the most present tab is. A node that stops beating takes its tabs with it.
type Presence struct{ *env }

// How nodes show that they run.
const (
	BeatEvery = 20 * time.Second
	deadAfter = 60 * time.Second
)

// Report stores what a tab says about itself. The tab stays with the node that has its connection.
func (p *Presence) Report(ctx context.Context, token, tab string, state rejoin.Presence) error {
	_, err := p.tell(ctx, token, tab, state, false)
	return err
}

// Attach is Report for a tab whose connection is on this node from now on. It returns whose tab it is.
func (p *Presence) Attach(ctx context.Context, token, tab string, state rejoin.Presence) (userID string, err error) {
	return p.tell(ctx, token, tab, state, true)
}

func (p *Presence) tell(ctx context.Context, token, tab string, state rejoin.Presence, here bool) (userID string, err error) {
	if !tabName.MatchString(tab) {
		return "", rejoin.InvalidField("tab", "Give the tab a name of 8 to 64 letters, digits, - or _.")
	}
	if _, err := rejoin.CheckPresence(string(state)); err != nil {
		return "", err
	}
	err = p.write(ctx, func(u *unit) error {
		s, err := u.activeVisitor(token)
		if err != nil {
			return err
		}
		userID = s.UserID
		if !s.Confirmed {
			return nil // came by a link, and may be a program: nobody is told that the user is here
		}
		return u.report(userID, tab, state, here)
	})
	return userID, err
}

var tabName = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// Lost is for the connection of a tab that ended without a goodbye.
func (p *Presence) Lost(ctx context.Context, userID, tab string) error {
	return p.gone(ctx, userID, tab, rejoin.Offline)
}

// Left is for the connection of a tab that ended with a goodbye.
func (p *Presence) Left(ctx context.Context, userID, tab string) error {
	return p.gone(ctx, userID, tab, rejoin.PageClosed)
}

func (p *Presence) gone(ctx context.Context, userID, tab string, how rejoin.Presence) error {
	return p.write(ctx, func(u *unit) error {
		tabs, err := u.Tabs(userID)
		if err != nil {
			return err
		}
		for _, t := range tabs {
			if t.ConnID == tab && t.NodeID == u.env.Config.NodeID {
				return u.report(userID, tab, how, true)
			}
		}
		return nil // it has said so itself, or has come back on another node
	})
}

// report notes a tab's state and where the user is then.
func (u *unit) report(userID, tab string, state rejoin.Presence, here bool) error {
	// The user first: storing a tab locks its user for reading, and two that then want to write wait for each other.
	_, user, err := u.lockPresence(userID)
	if err != nil {
		return err
	}
	if known, err := u.collectsPresence(user.AppID); err != nil || !known {
		return err
	}
	node := u.env.Config.NodeID
	tabs, err := u.Tabs(userID)
	if err != nil {
		return err
	}
	for _, t := range tabs {
		if t.ConnID == tab && !here {
			node = t.NodeID
		}
	}
	if err := u.DropUserTab(userID, tab); err != nil {
		return err
	}
	if state.Online() {
		if err := u.PutTab(store.Tab{NodeID: node, ConnID: tab, UserID: userID, State: state, Since: u.now}); err != nil {
			return err
		}
	}
	return u.settlePresence(userID, state, u.now)
}

// collectsPresence reports whether the app wants to know where its users are.
func (u *unit) collectsPresence(appID string) (bool, error) {
	app, err := u.App(appID)
	return app.Settings.WebChat.PresenceDetection, err
}

// firstPresence is where a new user of the app is before their browser has said anything.
func (u *unit) firstPresence(appID string) (rejoin.Presence, error) {
	collected, err := u.collectsPresence(appID)
	if !collected {
		return rejoin.NotCollected, err
	}
	return rejoin.PageClosed, err
}

// followSetting makes the users of an app whose presence detection was switched on or off show that.
func (p *Presence) followSetting(ctx context.Context, appID string) error {
	return p.write(ctx, func(u *unit) error {
		app, err := u.App(appID)
		if err != nil {
			return err
		}
		if err := u.retime(app.DomainID); err != nil {
			return err
		}
		switch {
		case app.Settings.WebChat.PresenceDetection:
			return u.CollectPresence(appID, u.now)
		}
		return u.ForgetPresence(appID, u.now)
	})
}

// settlePresence makes the most present tab speak for the user. If there is none left, the user is gone in the way that is given.
func (u *unit) settlePresence(userID string, gone rejoin.Presence, since rejoin.Millis) error {
	issues, user, err := u.lockPresence(userID)
	if err != nil {
		return err
	}
	tabs, err := u.Tabs(userID)
	if err != nil {
		return err
	}
	if len(tabs) > 0 {
		best := tabs[0]
		for _, t := range tabs[1:] {
			if t.State.Above(best.State) {
				best = t
			}
		}
		gone, since = best.State, best.Since
	}
	if user.Presence == gone {
		return nil
	}
	if err := u.SetPresence(userID, gone, since); err != nil {
		return err
	}
	if err := u.notePresence(user, gone); err != nil {
		return err
	}
	for _, i := range issues {
		if err := u.rearm(&i, factsChanged); err != nil {
			return err
		}
		if err := u.save(&i); err != nil {
			return err
		}
	}
	return nil
}

// lockPresence locks a user, and before, as everywhere, the conversations that a change of presence is about: the tabs of one user that
// report at the same time are counted one after the other.
func (u *unit) lockPresence(userID string) (issues []rejoin.Issue, user rejoin.User, err error) {
	ids, err := u.UserIssueIDs(userID, maxOpenIssues)
	if err != nil {
		return nil, user, err
	}
	for _, id := range ids {
		i, err := u.LockIssue(id)
		if err != nil {
			return nil, user, err
		}
		issues = append(issues, i)
	}
	user, err = u.LockUser(userID)
	return issues, user, err
}

// Beat shows that this node runs and takes over the tabs of nodes that no longer do.
func (p *Presence) Beat(ctx context.Context) error {
	var dead []store.Node
	err := p.write(ctx, func(u *unit) error {
		dead = nil
		if err := u.BeatNode(p.Config.NodeID, u.now); err != nil {
			return err
		}
		nodes, err := u.Nodes()
		for _, n := range nodes {
			if n.ID != p.Config.NodeID && u.now.Sub(n.SeenAt) > deadAfter {
				dead = append(dead, n)
			}
		}
		return err
	})
	for _, n := range dead {
		if err == nil {
			err = p.bury(ctx, n)
		}
	}
	return err
}

// bury marks the users of a node that no longer runs as offline since its last beat.
func (p *Presence) bury(ctx context.Context, n store.Node) error {
	for {
		done := false
		err := p.write(ctx, func(u *unit) error {
			tabs, err := u.NodeTabs(n.ID, 100)
			if err != nil {
				return err
			}
			for _, t := range tabs {
				if err := u.DropTab(t.NodeID, t.ConnID); err != nil {
					return err
				}
				if err := u.settlePresence(t.UserID, rejoin.Offline, n.SeenAt); err != nil {
					return err
				}
			}
			if done = len(tabs) == 0; done {
				return u.DropNode(n.ID)
			}
			return nil
		})
		if err != nil || done {
			return err
		}
	}
}

// Begin shows that this node runs. On SQLite no other process serves the same file: all earlier nodes are dead, and what they had in hand is
// taken up at once. On PostgreSQL that happens when the leases end.
func (p *Presence) Begin(ctx context.Context) error {
	var dead []store.Node
	err := p.write(ctx, func(u *unit) (err error) {
		if u.env.Store.Engine() == "sqlite" {
			if dead, err = u.Nodes(); err != nil {
				return err
			}
			u.jobs = true
			if err := u.ReleaseJobs(u.now); err != nil {
				return err
			}
			if err := u.resumeWebhooks(); err != nil {
				return err
			}
		}
		return u.BeatNode(p.Config.NodeID, u.now)
	})
	for _, n := range dead {
		if err == nil {
			err = p.bury(ctx, n)
		}
	}
	return err
}

// End takes this node's tabs away as it stops; their clients come back by themselves.
func (p *Presence) End(ctx context.Context) error {
	return p.bury(ctx, store.Node{ID: p.Config.NodeID, SeenAt: p.Clock.Now()})
}
