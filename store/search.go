package store

import (
	"strconv"
	"strings"

	"rejoin"
)

// The parts by which an issue is found. Messages and notes have a part for each, which begins so; the rest is the seq or the id.
const (
	partTitle   = "title"
	partPerson  = "person"
	partMessage = "message "
	partNote    = "note "
)

// index keeps the words of a part of the issue, in place of those it had. Without any the part is found no more.
func (tx *Tx) index(issueID, part string, texts ...string) error {
	list := words(texts...)
	if len(list) == 0 {
		_, err := tx.exec(`DELETE FROM search WHERE issue_id = $1 AND part = $2`, issueID, part)
		return err
	}
	_, err := tx.exec(`INSERT INTO search (issue_id, part, words) VALUES ($1, $2, $3)`+instead, issueID, part, strings.Join(list, " "))
	return err
}

const instead = ` ON CONFLICT (issue_id, part) DO UPDATE SET words = excluded.words WHERE search.words <> excluded.words`

// indexPerson makes all issues of the user findable by name and address. Those that are already are not even locked: profiles are often stored anew.
func (tx *Tx) indexPerson(u rejoin.User) error {
	list := words(u.Name, u.Email)
	if len(list) == 0 {
		_, err := tx.exec(`DELETE FROM search WHERE part = $2 AND issue_id IN (SELECT id FROM issues WHERE user_id = $1)`, u.ID, partPerson)
		return err
	}
	_, err := tx.exec(`INSERT INTO search (issue_id, part, words) SELECT id, $2, $3 FROM issues i WHERE user_id = $1
		AND NOT EXISTS (SELECT 1 FROM search k WHERE k.issue_id = i.id AND k.part = $2 AND k.words = $3)`+instead, u.ID, partPerson, strings.Join(list, " "))
	return err
}

// indexPersonOf makes the issue findable by the name and the address of the user.
func (tx *Tx) indexPersonOf(issueID, userID string) error {
	var name, email string
	err := tx.each(`SELECT name, email FROM users WHERE id = $1`, []any{userID}, func(s scanner) error { return s.Scan(&name, &email) })
	if err != nil {
		return err
	}
	return tx.index(issueID, partPerson, name, email)
}

// IndexMessage makes a message that was just stored findable. What bots say is the same everywhere and is not looked for.
func (tx *Tx) IndexMessage(m rejoin.Message) error {
	if m.Origin == rejoin.FromBot || m.Body == "" {
		return nil
	}
	return tx.index(m.IssueID, partMessage+strconv.FormatInt(m.Seq, 10), m.Body)
}

// ReindexMessage is for a message whose text has changed; with an empty one it is found no more.
func (tx *Tx) ReindexMessage(issueID string, seq int64, body string) error {
	return tx.index(issueID, partMessage+strconv.FormatInt(seq, 10), body)
}

// IndexNote makes a note findable, or changes by what it is found.
func (tx *Tx) IndexNote(issueID, noteID, body string) error {
	return tx.index(issueID, partNote+noteID, body)
}

// matching is a condition that chooses the rows of search in which one of the words begins a word, and its argument.
func (tx *Tx) matching(words []string) (condition, arg string) {
	marked := make([]string, len(words))
	for n, w := range words {
		marked[n] = tx.dialect.prefix(w)
	}
	return tx.dialect.matching, strings.Join(marked, tx.dialect.or)
}

// Hits returns, for those of the issues in which a message or a note holds a word of the text, the newest such message from shortly before the word
// on, or the note.
func (tx *Tx) Hits(issueIDs []string, text string) (map[string]string, error) {
	hits, looked := map[string]string{}, words(text)
	if len(issueIDs) == 0 || len(looked) == 0 {
		return hits, nil
	}
	matching, arg := tx.matching(looked)
	for _, source := range [...]string{hitNotes, hitMessages} {
		c := conditions{}
		c.in(`s.issue_id`, texts(issueIDs))
		c.add(matching, arg)
		err := tx.each(source+c.where()+` ORDER BY s.issue_id, s.id`, c.args, func(row scanner) error {
			var id, body string
			if err := row.Scan(&id, &body); err != nil {
				return err
			}
			hits[id] = excerpt(body, looked)
			return nil
		})
		if err != nil {
			return hits, err
		}
	}
	return hits, nil
}

const (
	hitMessages = `SELECT s.issue_id, m.body FROM search s JOIN messages m ON m.issue_id = s.issue_id AND s.part = '` + partMessage + `' || CAST(m.seq AS TEXT) `
	hitNotes    = `SELECT s.issue_id, o.body FROM search s JOIN notes o ON o.issue_id = s.issue_id AND s.part = '` + partNote + `' || o.id `
)
