package store

import (
	"slices"

	"rejoin"
)

// Tab is one open tab of a user, as the node that holds its connection knows it.
type Tab struct {
	NodeID string
	ConnID string
	UserID string
	State  rejoin.Presence
	Since  rejoin.Millis
}

func scanTab(s scanner) (t Tab, err error) {
	err = s.Scan(&t.NodeID, &t.ConnID, &t.UserID, &t.State, &t.Since)
	return t, err
}

// PutTab stores the tab or replaces what was known of it.
func (tx *Tx) PutTab(t Tab) error {
	_, err := tx.exec(`INSERT INTO tabs (node_id, conn_id, user_id, state, since) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (node_id, conn_id) DO UPDATE SET user_id = $3, state = $4, since = $5`, t.NodeID, t.ConnID, t.UserID, t.State, t.Since)
	return err
}

// DropTab forgets the tab.
func (tx *Tx) DropTab(nodeID, connID string) error {
	_, err := tx.exec(`DELETE FROM tabs WHERE node_id = $1 AND conn_id = $2`, nodeID, connID)
	return err
}

// DropUserTab forgets the tabs of the user that have this conn_id, on whichever node.
func (tx *Tx) DropUserTab(userID, connID string) error {
	_, err := tx.exec(`DELETE FROM tabs WHERE user_id = $1 AND conn_id = $2`, userID, connID)
	return err
}

// Tabs returns the user's open tabs.
func (tx *Tx) Tabs(userID string) ([]Tab, error) {
	return all(tx, scanTab, `SELECT node_id, conn_id, user_id, state, since FROM tabs WHERE user_id = $1`, userID)
}

// NodeTabs returns tabs of a node, at most limit.
func (tx *Tx) NodeTabs(nodeID string, limit int) ([]Tab, error) {
	return all(tx, scanTab, `SELECT node_id, conn_id, user_id, state, since FROM tabs WHERE node_id = $1 ORDER BY user_id, conn_id LIMIT $2`, nodeID, limit)
}

// Node is one running process and when it last showed that it runs.
type Node struct {
	ID     string
	SeenAt rejoin.Millis
}

// BeatNode stores that the node runs.
func (tx *Tx) BeatNode(id string, now rejoin.Millis) error {
	_, err := tx.exec(`INSERT INTO nodes (id, seen_at) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET seen_at = $2`, id, now)
	return err
}

// DropNode forgets the node.
func (tx *Tx) DropNode(id string) error {
	_, err := tx.exec(`DELETE FROM nodes WHERE id = $1`, id)
	return err
}

// Nodes returns all nodes.
func (tx *Tx) Nodes() ([]Node, error) {
	return all(tx, func(s scanner) (n Node, err error) {
		err = s.Scan(&n.ID, &n.SeenAt)
		return n, err
	}, `SELECT id, seen_at FROM nodes ORDER BY id`)
}

// UnendedIssueIDs returns the ids of the user's issues whose end has not come, at most limit of the newest, in order.
func (tx *Tx) UnendedIssueIDs(userID string, limit int) ([]string, error) {
	ids, err := all(tx, scanText, `SELECT id FROM issues WHERE user_id = $1 AND (state NOT IN ('resolved', 'rejected')
		OR closing IN ('question', 'declined', 'feedback')) ORDER BY created_at DESC, id DESC LIMIT $2`, userID, limit)
	slices.Sort(ids)
	return ids, err
}

// UserIssueIDs returns the ids of the user's issues that are open or may still be followed up, at most limit of the newest, in order.
func (tx *Tx) UserIssueIDs(userID string, limit int) ([]string, error) {
	ids, err := all(tx, scanText, `SELECT i.id FROM issues i WHERE i.user_id = $1 AND (i.state NOT IN ('resolved', 'rejected')
		OR EXISTS (SELECT 1 FROM follow_ups f WHERE f.issue_id = i.id AND f.state IN ('waiting', 'skipped', 'sending')))
		ORDER BY i.created_at DESC, i.id DESC LIMIT $2`, userID, limit)
	slices.Sort(ids)
	return ids, err
}
