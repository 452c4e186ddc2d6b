package store

import "rejoin"

const attachmentColumns = `id, domain_id, owner, client_id, issue_id, seq, name, type, size, width, height, preview_type, created_at`

func scanAttachment(s scanner) (a rejoin.Attachment, err error) {
	err = s.Scan(&a.ID, &a.DomainID, &a.Owner, &a.ClientID, &a.IssueID, &a.Seq, &a.Name, &a.Type, &a.Size, &a.Width, &a.Height, &a.PreviewType, &a.CreatedAt)
	return a, err
}

// AddAttachment stores a file that was uploaded. It reports false, and stores nothing, if its owner has used its client_id before.
func (tx *Tx) AddAttachment(a rejoin.Attachment) (bool, error) {
	n, err := tx.exec(`INSERT INTO attachments (`+attachmentColumns+`, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)
		ON CONFLICT (owner, client_id) DO NOTHING`,
		a.ID, a.DomainID, a.Owner, a.ClientID, a.IssueID, a.Seq, a.Name, a.Type, a.Size, a.Width, a.Height, a.PreviewType, a.CreatedAt)
	return n == 1, err
}

// Attachment returns the file with the id.
func (tx *Tx) Attachment(id string) (rejoin.Attachment, error) {
	return one(tx, "file", scanAttachment, `SELECT `+attachmentColumns+` FROM attachments WHERE id = $1`, id)
}

// AttachmentByClientID returns what the owner has uploaded with the client_id.
func (tx *Tx) AttachmentByClientID(owner, clientID string) (rejoin.Attachment, error) {
	return one(tx, "file", scanAttachment, `SELECT `+attachmentColumns+` FROM attachments WHERE owner = $1 AND client_id = $2`, owner, clientID)
}

// ClaimAttachment makes the file the place-th of a message. It reports false if a message has it already.
func (tx *Tx) ClaimAttachment(id, issueID string, seq int64, place int) (bool, error) {
	n, err := tx.exec(`UPDATE attachments SET issue_id = $2, seq = $3, place = $4 WHERE id = $1 AND issue_id = ''`, id, issueID, seq, place)
	return n == 1, err
}

// OwnAttachments gives the unsent files of one owner to another.
func (tx *Tx) OwnAttachments(from, to string) error {
	_, err := tx.exec(`UPDATE attachments SET owner = $2 WHERE owner = $1 AND issue_id = ''`, from, to)
	return err
}

// Unsent tells how many files, and how many bytes of them, an owner has uploaded and not sent.
func (tx *Tx) Unsent(owner string) (files, bytes int64, err error) {
	err = tx.each(`SELECT COUNT(*), COALESCE(SUM(size), 0) FROM attachments WHERE owner = $1 AND issue_id = ''`, []any{owner},
		func(s scanner) error { return s.Scan(&files, &bytes) })
	return files, bytes, err
}

// UnsentBefore returns files that were uploaded before the moment and are in no message, at most limit.
func (tx *Tx) UnsentBefore(before rejoin.Millis, limit int) ([]rejoin.Attachment, error) {
	return all(tx, scanAttachment, `SELECT `+attachmentColumns+` FROM attachments WHERE issue_id = '' AND created_at < $1 ORDER BY created_at LIMIT $2`, before, limit)
}

// DropUnsent forgets a file unless a message has taken it meanwhile, and reports whether it did.
func (tx *Tx) DropUnsent(id string) (bool, error) {
	n, err := tx.exec(`DELETE FROM attachments WHERE id = $1 AND issue_id = ''`, id)
	return n == 1, err
}

// withFiles fills in the files of messages that have some. All messages are of one issue, in the order of seq or its reverse.
func (tx *Tx) withFiles(list []rejoin.Message, err error) ([]rejoin.Message, error) {
	var from, to int64
	for _, m := range list {
		if len(m.Files) == 0 {
			continue
		}
		if from == 0 || m.Seq < from {
			from = m.Seq
		}
		to = max(to, m.Seq)
	}
	if err != nil || to == 0 {
		return list, err
	}
	files, err := all(tx, scanAttachment, `SELECT `+attachmentColumns+` FROM attachments WHERE issue_id = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq, place`,
		list[0].IssueID, from, to)
	bySeq := map[int64][]rejoin.Attachment{}
	for _, f := range files {
		bySeq[f.Seq] = append(bySeq[f.Seq], f)
	}
	for n := range list {
		list[n].Files = bySeq[list[n].Seq]
	}
	return list, err
}
