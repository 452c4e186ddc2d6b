package store

import "rejoin"

const attachmentColumns = `id, domain_id, owner, client_id, issue_id, seq, name, type, size, width, height, preview_type, created_at`

func scanAttachment(s scanner) (a rejoin.Attachment, err error) {
	err = s.Scan(&a.ID, &a.DomainID, &a.Owner, &a.ClientID, &a.IssueID, &a.Seq, &a.Name, &a.Type, &a.Size, &a.Width, &a.Height, &a.PreviewType, &a.CreatedAt)
	return a, err
}

// AddAttachment stores a file that is being uploaded. With a size of zero it is incomplete: its bytes are not all kept yet, and no message can
// take it. It reports false, and stores nothing, if its owner has used its client_id before.
func (tx *Tx) AddAttachment(a rejoin.Attachment) (bool, error) {
	n, err := tx.exec(`INSERT INTO attachments (`+attachmentColumns+`, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)
		ON CONFLICT (owner, client_id) DO NOTHING`,
		a.ID, a.DomainID, a.Owner, a.ClientID, a.IssueID, a.Seq, a.Name, a.Type, a.Size, a.Width, a.Height, a.PreviewType, a.CreatedAt)
	return n == 1, err
}

// CompleteAttachment notes that the bytes of an incomplete file are kept, and what they are. It reports false if there is no such file any more.
func (tx *Tx) CompleteAttachment(a rejoin.Attachment) (bool, error) {
	n, err := tx.exec(`UPDATE attachments SET client_id = $2, type = $3, size = $4, width = $5, height = $6, preview_type = $7
		WHERE id = $1 AND size = 0 AND issue_id = ''`, a.ID, a.ClientID, a.Type, a.Size, a.Width, a.Height, a.PreviewType)
	return n == 1, err
}

// DisplaceAttachment takes its client_id away from an incomplete file, so that another upload can use it. The file stays to be dropped.
func (tx *Tx) DisplaceAttachment(id string) error {
	_, err := tx.exec(`UPDATE attachments SET client_id = id WHERE id = $1 AND size = 0`, id)
	return err
}

// Attachment returns the file with the id.
func (tx *Tx) Attachment(id string) (rejoin.Attachment, error) {
	return one(tx, "file", scanAttachment, `SELECT `+attachmentColumns+` FROM attachments WHERE id = $1`, id)
}

// AttachmentByClientID returns what the owner has uploaded with the client_id.
func (tx *Tx) AttachmentByClientID(owner, clientID string) (rejoin.Attachment, error) {
	return one(tx, "file", scanAttachment, `SELECT `+attachmentColumns+` FROM attachments WHERE owner = $1 AND client_id = $2`, owner, clientID)
}

// ClaimAttachment makes the file the place-th of a message. It reports false if a message has it already, or if it is incomplete.
func (tx *Tx) ClaimAttachment(id, issueID string, seq int64, place int) (bool, error) {
	n, err := tx.exec(`UPDATE attachments SET issue_id = $2, seq = $3, place = $4 WHERE id = $1 AND issue_id = '' AND size > 0`, id, issueID, seq, place)
	return n == 1, err
}

// OwnAttachments gives the unsent files of one owner to another. Should the other one have used a client_id too, theirs keeps it.
func (tx *Tx) OwnAttachments(from, to string) error {
	_, err := tx.exec(`UPDATE attachments SET owner = $2, client_id = CASE
		WHEN EXISTS (SELECT 1 FROM attachments o WHERE o.owner = $2 AND o.client_id = attachments.client_id) THEN id ELSE client_id END
		WHERE owner = $1 AND issue_id = ''`, from, to)
	return err
}

// Unsent is how many files wait to be sent, incomplete ones included, and how many bytes they have.
type Unsent struct{ Files, Bytes int64 }

func scanUnsent(s scanner) (n Unsent, err error) {
	err = s.Scan(&n.Files, &n.Bytes)
	return n, err
}

// Unsent tells what an owner has uploaded and not sent.
func (tx *Tx) Unsent(owner string) (Unsent, error) {
	return one(tx, "file", scanUnsent, `SELECT COUNT(*), COALESCE(SUM(size), 0) FROM attachments WHERE owner = $1 AND issue_id = ''`, owner)
}

// UnsentOfDomain tells what everybody in a domain has uploaded and not sent.
func (tx *Tx) UnsentOfDomain(domainID string) (Unsent, error) {
	return one(tx, "file", scanUnsent, `SELECT COUNT(*), COALESCE(SUM(size), 0) FROM attachments WHERE issue_id = '' AND domain_id = $1`, domainID)
}

// UnsentBefore returns files that were uploaded before the moment and are in no message, oldest first, at most limit. Those up to after, the last
// one of an earlier call, are left out; the zero Attachment leaves out none.
func (tx *Tx) UnsentBefore(before rejoin.Millis, after rejoin.Attachment, limit int) ([]rejoin.Attachment, error) {
	return all(tx, scanAttachment, `SELECT `+attachmentColumns+` FROM attachments WHERE issue_id = '' AND created_at < $1
		AND (created_at > $2 OR created_at = $2 AND id > $3) ORDER BY created_at, id LIMIT $4`, before, after.CreatedAt, after.ID, limit)
}

// CondemnUnsent makes a file incomplete, so that its bytes can go, and reports false if a message has taken it meanwhile.
func (tx *Tx) CondemnUnsent(id string) (bool, error) {
	n, err := tx.exec(`UPDATE attachments SET size = 0 WHERE id = $1 AND issue_id = ''`, id)
	return n == 1, err
}

// DropIncomplete forgets an incomplete file.
func (tx *Tx) DropIncomplete(id string) error {
	_, err := tx.exec(`DELETE FROM attachments WHERE id = $1 AND issue_id = '' AND size = 0`, id)
	return err
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
