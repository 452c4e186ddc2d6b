package store

import (
	"slices"
	"strings"

	"rejoin"
)

const issueColumns = `i.id, i.domain_id, i.app_id, i.platform_id, i.user_id, i.number, i.title, i.state, i.state_changed_at, i.assignee_id,
	i.start_url, i.meta, i.bot, i.last_seq, i.user_read_seq, i.agent_read_seq, i.last_out_seq, i.mailed_seq, i.event_count, i.version,
	i.preview, i.preview_origin, i.closing, i.rating, i.comment, i.rated_at, i.full_privacy, i.tags, i.fields, i.created_at, i.updated_at,
	i.waiting_since, i.changed_version, i.queue_id`

func issueFields(i *rejoin.Issue) []any {
	return []any{&i.ID, &i.DomainID, &i.AppID, &i.PlatformID, &i.UserID, &i.Number, &i.Title, &i.State, &i.StateChangedAt, &i.AssigneeID,
		&i.StartURL, fromJSON(&i.Meta), fromJSON(&i.Bot), &i.LastSeq, &i.UserReadSeq, &i.AgentReadSeq, &i.LastOutSeq, &i.MailedSeq, &i.EventCount, &i.Version,
		&i.Preview, &i.PreviewOrigin, &i.Ending.Closing, &i.Ending.Rating, &i.Ending.Comment, &i.Ending.RatedAt, &i.FullPrivacy,
		fromJSON(&i.Tags), fromJSON(&i.Fields), &i.CreatedAt, &i.UpdatedAt, &i.WaitingSince, &i.ChangedVersion, &i.QueueID}
}

func scanIssue(s scanner) (i rejoin.Issue, err error) {
	err = s.Scan(issueFields(&i)...)
	return i, err
}

// AddIssue stores a new issue.
func (tx *Tx) AddIssue(i rejoin.Issue) error {
	meta, err := toJSON(i.Meta)
	if err != nil {
		return err
	}
	bot, err := toJSON(i.Bot)
	if err != nil {
		return err
	}
	tags, err := toJSON(slices.Concat([]string{}, i.Tags))
	if err != nil {
		return err
	}
	fields, err := toJSON(i.Fields)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO issues (`+strings.ReplaceAll(issueColumns, "i.", "")+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28,
		$29, $30, $31, $32, $33, $34)`,
		i.ID, i.DomainID, i.AppID, i.PlatformID, i.UserID, i.Number, i.Title, i.State, i.StateChangedAt, i.AssigneeID,
		i.StartURL, meta, bot, i.LastSeq, i.UserReadSeq, i.AgentReadSeq, i.LastOutSeq, i.MailedSeq, i.EventCount, i.Version,
		i.Preview, i.PreviewOrigin, i.Ending.Closing, i.Ending.Rating, i.Ending.Comment, i.Ending.RatedAt, i.FullPrivacy,
		tags, fields, i.CreatedAt, i.UpdatedAt, i.WaitingSince, i.ChangedVersion, i.QueueID)
	if err != nil {
		return err
	}
	return tx.indexIssue(i)
}

// Issue returns the issue with the id.
func (tx *Tx) Issue(id string) (rejoin.Issue, error) {
	return one(tx, "conversation", scanIssue, `SELECT `+issueColumns+` FROM issues i WHERE i.id = $1`, id)
}

// LockIssue returns the issue and keeps others from changing it until the transaction ends.
func (tx *Tx) LockIssue(id string) (rejoin.Issue, error) {
	return one(tx, "conversation", scanIssue, `SELECT `+issueColumns+` FROM issues i WHERE i.id = $1`+tx.forUpdate(), id)
}

// SaveIssue stores everything about the issue that can change.
func (tx *Tx) SaveIssue(i rejoin.Issue) error {
	bot, err := toJSON(i.Bot)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE issues SET state = $2, state_changed_at = $3, assignee_id = $4, bot = $5, last_seq = $6, user_read_seq = $7,
		agent_read_seq = $8, last_out_seq = $9, mailed_seq = $10, event_count = $11, version = $12, preview = $13, preview_origin = $14, updated_at = $15,
		user_id = $16, closing = $17, rating = $18, comment = $19, rated_at = $20, waiting_since = $21, queue_id = $22 WHERE id = $1`, i.ID, i.State, i.StateChangedAt, i.AssigneeID, bot, i.LastSeq, i.UserReadSeq,
		i.AgentReadSeq, i.LastOutSeq, i.MailedSeq, i.EventCount, i.Version, i.Preview, i.PreviewOrigin, i.UpdatedAt,
		i.UserID, i.Ending.Closing, i.Ending.Rating, i.Ending.Comment, i.Ending.RatedAt, i.WaitingSince, i.QueueID)
	return err
}

// SetTitle stores the issue's title.
func (tx *Tx) SetTitle(id, title string) error {
	if _, err := tx.exec(`UPDATE issues SET title = $2 WHERE id = $1`, id, title); err != nil {
		return err
	}
	return tx.index(id, partTitle, title)
}

// SetMeta stores what is told of the issue's browser or app.
func (tx *Tx) SetMeta(id string, m rejoin.Meta) error {
	meta, err := toJSON(m)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE issues SET meta = $2 WHERE id = $1`, id, meta)
	return err
}

// UserIssues returns the user's issues, newest first, at most 50.
func (tx *Tx) UserIssues(userID string) ([]rejoin.Issue, error) {
	return all(tx, scanIssue, `SELECT `+issueColumns+` FROM issues i WHERE i.user_id = $1 ORDER BY i.created_at DESC, i.id DESC LIMIT 50`, userID)
}
