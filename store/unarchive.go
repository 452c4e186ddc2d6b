package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"rejoin"
)

// Import puts the rows of an archive into the database, within one transaction: [Tx.NewImport] makes one, then come all rows, then Check.
type Import struct {
	tx       *Tx
	domainID string
	tables   map[string]*importTable
}

type importTable struct {
	ArchiveTable
	columns []column
	insert  string
	count   int64
}

// NewImport begins an import of the domain with the id, of which nothing may exist yet.
func (tx *Tx) NewImport(domainID string) (*Import, error) {
	im := &Import{tx: tx, domainID: domainID, tables: map[string]*importTable{}}
	for _, t := range ArchiveTables() {
		columns, err := tx.columns(t.Name)
		if err != nil {
			return nil, err
		}
		names, marks := make([]string, len(columns)), make([]string, len(columns))
		for n, c := range columns {
			names[n], marks[n] = c.name, fmt.Sprintf("$%d", n+1)
		}
		im.tables[t.Name] = &importTable{ArchiveTable: t, columns: columns,
			insert: `INSERT INTO ` + t.Name + ` (` + strings.Join(names, ", ") + `) VALUES (` + strings.Join(marks, ", ") + `) ON CONFLICT DO NOTHING`}
	}
	return im, nil
}

// Add stores a row and what is made of it: the words by which it is found, its tags and its fields. One that is there already is a conflict.
func (im *Import) Add(table string, row map[string]json.RawMessage) error {
	t := im.tables[table]
	if t == nil {
		return rejoin.Errorf(rejoin.Invalid, "The archive has rows of %q, which this program does not know.", rejoin.Preview(table, 60))
	}
	values, err := t.decode(row)
	if err != nil {
		return err
	}
	n, err := im.tx.exec(t.insert, values...)
	if err != nil {
		return err
	}
	if n == 0 {
		return rejoin.Errorf(rejoin.Conflict, "This installation has %s already. Nothing was imported.", describeRow(table, row))
	}
	t.count++
	return im.tx.derive(table, row)
}

// describeRow names a row for people.
func describeRow(table string, row map[string]json.RawMessage) string {
	for _, name := range []string{"email", "name", "id"} {
		if s := rowText(row, name); s != "" {
			return fmt.Sprintf("%q among its %s", rejoin.Preview(s, 80), table)
		}
	}
	return "such a row among its " + table
}

func (t *importTable) decode(row map[string]json.RawMessage) ([]any, error) {
	values, known := make([]any, len(t.columns)), 0
	for n, c := range t.columns {
		text, ok := row[c.name]
		if !ok {
			continue // NULL
		}
		known++
		v, err := c.decode(text)
		if err != nil {
			return nil, rejoin.Errorf(rejoin.Invalid, "The archive is damaged: %s.%s should hold a %s.", t.Name, c.name, c.kind)
		}
		values[n] = v
	}
	if known < len(row) {
		return nil, rejoin.Errorf(rejoin.Invalid, "The archive has columns of %s that this program does not know.", t.Name)
	}
	return values, nil
}

func (c column) decode(text json.RawMessage) (any, error) {
	switch c.kind {
	case numberColumn:
		var n int64
		err := json.Unmarshal(text, &n)
		return n, err
	case flagColumn:
		var b bool
		err := json.Unmarshal(text, &b)
		return b, err
	case jsonKind:
		plain, err := decodeJSON(text)
		if err != nil {
			return nil, err
		}
		kept, err := encodeJSON(plain)
		return string(kept), err
	}
	var s string
	err := json.Unmarshal(text, &s)
	if err == nil && strings.ContainsRune(s, 0) {
		err = fmt.Errorf("column %s holds a NUL", c.name)
	}
	return s, err
}

// derive makes what is not in archives because it follows from them.
func (tx *Tx) derive(table string, row map[string]json.RawMessage) error {
	switch table {
	case "issues":
		i := rejoin.Issue{ID: rowText(row, "id"), UserID: rowText(row, "user_id"), Title: rowText(row, "title")}
		if err := json.Unmarshal(row["tags"], &i.Tags); err != nil {
			return rejoin.Errorf(rejoin.Invalid, "The archive is damaged: the tags of issue %s are no list of texts.", i.ID)
		}
		if err := json.Unmarshal(row["fields"], &i.Fields); err != nil {
			return rejoin.Errorf(rejoin.Invalid, "The archive is damaged: the fields of issue %s are not understood.", i.ID)
		}
		return tx.indexIssue(i)
	case "messages":
		m := rejoin.Message{IssueID: rowText(row, "issue_id"), Origin: rejoin.Origin(rowText(row, "origin")), Body: rowText(row, "body")}
		if err := json.Unmarshal(row["seq"], &m.Seq); err != nil {
			return err
		}
		return tx.IndexMessage(m)
	case "notes":
		return tx.IndexNote(rowText(row, "issue_id"), rowText(row, "id"), rowText(row, "body"))
	}
	return nil
}

// Check is an error unless all that was added belongs to the domain and refers to nothing of another one.
func (im *Import) Check() error {
	for _, t := range im.tables {
		mine, err := one(im.tx, "number", scanInt, `SELECT COUNT(*) FROM `+t.Name+` WHERE `+t.mine, im.domainID)
		if err != nil {
			return err
		}
		if mine != t.count {
			return rejoin.Errorf(rejoin.Invalid, "The archive is damaged: it has %s that belong to another domain. Nothing was imported.", t.Name)
		}
		if err := im.checkReferences(t); err != nil {
			return err
		}
	}
	return nil
}

func (im *Import) checkReferences(t *importTable) error {
	for _, c := range t.columns {
		to, is := references()[c.name]
		if !is || slices.Contains(t.outsider, c.name) {
			continue
		}
		strangers, err := one(im.tx, "number", scanInt, `SELECT COUNT(*) FROM `+t.Name+` WHERE `+t.mine+` AND `+c.name+` <> ''
			AND `+c.name+` NOT IN (SELECT id FROM `+to+` WHERE domain_id = $1)`, im.domainID)
		if err != nil {
			return err
		}
		if strangers > 0 {
			return rejoin.Errorf(rejoin.Invalid, "The archive is damaged: %s.%s names %s that are not in it. Nothing was imported.", t.Name, c.name, to)
		}
	}
	return nil
}

// OnlineUsers returns the domain's users who are online, as far as is known.
func (tx *Tx) OnlineUsers(domainID string) ([]rejoin.User, error) {
	return all(tx, scanUser, `SELECT `+userColumns+` FROM users WHERE domain_id = $1 AND presence IN ('active', 'panel_closed', 'tab_hidden') ORDER BY id`, domainID)
}

// PendingFollowUps returns the domain's follow-ups that a job looks after, by issue.
func (tx *Tx) PendingFollowUps(domainID string) ([]rejoin.FollowUp, error) {
	return all(tx, scanFollowUp, `SELECT `+followUpColumns+` FROM follow_ups WHERE domain_id = $1 AND state IN ('waiting', 'sending', 'handing_over')
		ORDER BY issue_id, n`, domainID)
}

// BusyBotRuns returns the runs of the domain's bots that a job looks after, by issue.
func (tx *Tx) BusyBotRuns(domainID string) ([]rejoin.BotRun, error) {
	return all(tx, scanRun, `SELECT `+runColumns+` FROM bot_runs WHERE state IN ('waiting', 'calling')
		AND issue_id IN (SELECT id FROM issues WHERE domain_id = $1) ORDER BY issue_id`, domainID)
}

// PauseWebhooks pauses those of the domain's webhooks that are not.
func (tx *Tx) PauseWebhooks(domainID, by string, now rejoin.Millis) error {
	_, err := tx.exec(`UPDATE webhooks SET paused_at = $3, paused_by = $2, pause_reason = '' WHERE domain_id = $1 AND paused_at = 0`, domainID, by, now)
	return err
}
