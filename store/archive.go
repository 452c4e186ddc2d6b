package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"rejoin"
)

// ArchiveTable is a table whose rows are part of a domain's archive.
type ArchiveTable struct {
	Name     string
	mine     string         // the condition for the rows of domain $1
	order    string         // by key
	blank    map[string]any // columns that hold secrets, and what stands there instead; a function makes it of what was there
	secret   bool           // all of it is secret: sessions, links and the like
	outsider []string       // columns whose names look like a reference into the domain and are none
}

const (
	ofDomain = `domain_id = $1`
	ofIssue  = `issue_id IN (SELECT id FROM issues WHERE domain_id = $1)`
	ofApp    = `app_id IN (SELECT id FROM apps WHERE domain_id = $1)`
	ofQueue  = `queue_id IN (SELECT id FROM queues WHERE domain_id = $1)`
	ofBot    = `bot_id IN (SELECT id FROM bots WHERE domain_id = $1)`
	ofUser   = `user_id IN (SELECT id FROM users WHERE domain_id = $1)`
	ofHook   = `webhook_id IN (SELECT id FROM webhooks WHERE domain_id = $1)`
)

// ArchiveTables lists them; each refers to those before it only.
func ArchiveTables() []ArchiveTable {
	return []ArchiveTable{
		{Name: "domains", mine: `id = $1`, order: `id`},
		{Name: "agents", mine: ofDomain, order: `id`, blank: map[string]any{"password_hash": "", "two_factor": struct{}{}}},
		{Name: "api_keys", mine: ofDomain, order: `id`, blank: map[string]any{"hash": gone, "revoked_at": revoked}},
		{Name: "apps", mine: ofDomain, order: `id`},
		{Name: "app_secrets", mine: ofApp, order: `id`, secret: true},
		{Name: "platforms", mine: ofDomain, order: `id`},
		{Name: "tags", mine: ofDomain, order: `id`},
		{Name: "custom_fields", mine: ofDomain, order: `id`},
		{Name: "queues", mine: ofDomain, order: `id`},
		{Name: "queue_agents", mine: ofQueue, order: `queue_id, agent_id`},
		{Name: "saved_replies", mine: ofDomain, order: `id`},
		{Name: "smart_views", mine: ofDomain, order: `id`},
		{Name: "bots", mine: ofDomain, order: `id`, blank: map[string]any{"draft": withoutSecrets}},
		{Name: "bot_versions", mine: ofBot, order: `bot_id, version`, blank: map[string]any{"script": withoutSecrets}},
		{Name: "rules", mine: ofDomain, order: `id`},
		{Name: "webhooks", mine: ofDomain, order: `id`},
		{Name: "webhook_secrets", mine: ofHook, order: `id`, secret: true},
		{Name: "users", mine: ofDomain, order: `id`},
		{Name: "user_identities", mine: ofUser, order: `user_id, identifier, value`},
		{Name: "chat_links", mine: ofDomain, order: `token_hash`, secret: true},
		{Name: "user_sessions", mine: ofUser, order: `token_hash`, secret: true},
		{Name: "issues", mine: ofDomain, order: `id`},
		{Name: "messages", mine: ofIssue, order: `issue_id, seq`},
		{Name: "attachments", mine: ofDomain + ` AND issue_id <> ''`, order: `id`, blank: map[string]any{"owner": gone}},
		{Name: "notes", mine: ofIssue, order: `id`},
		{Name: "events", mine: ofIssue, order: `issue_id, n`},
		{Name: "facts", mine: ofDomain, order: `act, n`},
		{Name: "follow_ups", mine: ofDomain, order: `id`},
		{Name: "return_links", mine: ofIssue, order: `token_hash`, secret: true},
		{Name: "mail_tokens", mine: ofIssue, order: `token_hash`, secret: true},
		{Name: "suppressions", mine: ofDomain, order: `id`},
		{Name: "bot_runs", mine: ofIssue, order: `issue_id, n`},
		{Name: "rule_cursors", mine: ofIssue, order: `issue_id`},
		{Name: "rule_runs", mine: ofIssue, order: `id`},
		{Name: "queue_arrivals", mine: ofIssue, order: `issue_id`},
		{Name: "webhook_cursors", mine: ofIssue, order: `issue_id`},
		{Name: "audit", mine: ofDomain, order: `id`, outsider: []string{"agent_id"}},
	}
}

// NotArchived is every other table, and why it stays where it is.
func NotArchived() map[string]string {
	return map[string]string{
		"agent_sessions":    "agents sign in again",
		"agent_tokens":      "links that were mailed to agents lead to the old installation",
		"dead_jobs":         "work that this installation has given up",
		"deliveries":        "webhooks go on with what happens after the import",
		"delivery_attempts": "go with deliveries",
		"idempotency":       "answers to programs, kept for a day",
		"issue_fields":      "made anew from issues.fields",
		"issue_tags":        "made anew from issues.tags",
		"jobs":              "timers and work of this installation: whoever imports says whether it goes on",
		"keys":              "of the installation, not of a domain",
		"nodes":             "processes of this installation",
		"schema_version":    "in the header of the archive",
		"search":            "made anew from the texts",
		"tabs":              "open connections to this installation",
	}
}

// references are the columns that name something of the same domain, and in which table that is.
func references() map[string]string {
	return map[string]string{"agent_id": "agents", "app_id": "apps", "assignee_id": "agents", "bot_id": "bots", "follow_up_id": "follow_ups", "issue_id": "issues",
		"platform_id": "platforms", "queue_id": "queues", "user_id": "users", "webhook_id": "webhooks"}
}

// gone stands for the hash of a key or of a session that does not move: nobody has such a one.
func gone(row map[string]json.RawMessage) any { return "gone " + rowText(row, "id") }

// revoked makes a key one that has been good for nothing since it was made.
func revoked(row map[string]json.RawMessage) any {
	if at := string(row["revoked_at"]); at != "0" {
		return json.RawMessage(at)
	}
	return row["created_at"]
}

// withoutSecrets is the script of a bot whose requests say that there is a secret, and not which.
func withoutSecrets(script any) any {
	switch v := script.(type) {
	case []any:
		for n := range v {
			v[n] = withoutSecrets(v[n])
		}
	case map[string]any:
		if s, ok := v["secret"].(string); ok && s != "" {
			v["secret"] = rejoin.KeptSecret
		}
		if v["secret"] == true && v["value"] != "" {
			v["value"] = rejoin.KeptSecret
		}
		for name := range v {
			v[name] = withoutSecrets(v[name])
		}
	}
	return script
}

// kind is what a column holds, on either engine.
type kind string

const (
	textColumn   kind = "text"
	numberColumn kind = "number"
	flagColumn   kind = "flag"
	jsonKind     kind = "JSON"
)

func kindOf(engineType string) (kind, error) {
	switch strings.ToUpper(engineType) {
	case "TEXT":
		return textColumn, nil
	case "BIGINT", "INT8":
		return numberColumn, nil
	case "BOOLEAN", "BOOL":
		return flagColumn, nil
	case "JSONB":
		return jsonKind, nil
	}
	return "", fmt.Errorf("store: a column of type %q has no form in archives", engineType)
}

// column is a column of a table that is archived.
type column struct {
	name string
	kind kind
}

// columns returns the table's columns in their order.
func (tx *Tx) columns(table string) (list []column, err error) {
	if tx.err != nil {
		return nil, tx.err
	}
	query := `SELECT * FROM ` + table + ` LIMIT 0`
	rows, err := tx.conn.QueryContext(tx.ctx, query)
	if err != nil {
		return nil, tx.fail(query, err)
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	for _, t := range types {
		if err == nil {
			c := column{name: t.Name()}
			c.kind, err = kindOf(t.DatabaseTypeName())
			list = append(list, c)
		}
	}
	return list, err
}

// ArchiveRows calls f for every row that the domain has in the table, by key: JSON by column, without those that are NULL. Unless secrets are wanted,
// others stand in their place, or there are no rows.
func (tx *Tx) ArchiveRows(t ArchiveTable, domainID string, secrets bool, f func(map[string]json.RawMessage) error) error {
	if t.secret && !secrets {
		return nil
	}
	columns, err := tx.columns(t.Name)
	if err != nil {
		return err
	}
	names := make([]string, len(columns))
	for n, c := range columns {
		names[n] = c.name
	}
	values, dests := make([]any, len(columns)), make([]any, len(columns))
	for n := range values {
		dests[n] = &values[n]
	}
	query := `SELECT ` + strings.Join(names, ", ") + ` FROM ` + t.Name + ` WHERE ` + t.mine + ` ORDER BY ` + t.order
	return tx.each(query, []any{domainID}, func(s scanner) error {
		if err := s.Scan(dests...); err != nil {
			return err
		}
		row, err := encodeRow(columns, values)
		if err == nil && !secrets {
			err = t.hide(row)
		}
		if err != nil {
			return err
		}
		return f(row)
	})
}

func encodeRow(columns []column, values []any) (map[string]json.RawMessage, error) {
	row := make(map[string]json.RawMessage, len(columns))
	for n, c := range columns {
		v := values[n]
		if v == nil {
			continue
		}
		if b, ok := v.([]byte); ok {
			v = string(b)
		}
		if c.kind == flagColumn {
			if n, ok := v.(int64); ok {
				v = n != 0
			}
		}
		if c.kind == jsonKind {
			plain, err := decodeJSON([]byte(fmt.Sprint(v)))
			if err != nil {
				return nil, fmt.Errorf("column %s: %w", c.name, err)
			}
			v = plain
		}
		text, err := encodeJSON(v)
		if err != nil {
			return nil, err
		}
		row[c.name] = text
	}
	return row, nil
}

// hide puts something else where secrets are.
func (t ArchiveTable) hide(row map[string]json.RawMessage) error {
	for name, instead := range t.blank {
		v := instead
		switch f := instead.(type) {
		case func(any) any:
			plain, err := decodeJSON(row[name])
			if err != nil {
				return err
			}
			v = f(plain)
		case func(map[string]json.RawMessage) any:
			v = f(row)
		}
		text, err := encodeJSON(v)
		if err != nil {
			return err
		}
		row[name] = text
	}
	return nil
}

// decodeJSON reads what a JSONB column holds, numbers as they are written.
func decodeJSON(text []byte) (v any, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&v)
	return v, err
}

// encodeJSON writes v in the one form that it has in archives, whatever the engine has made of it: keys sorted, numbers without an exponent.
func encodeJSON(v any) (json.RawMessage, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(plainNumbers(v))
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

func plainNumbers(v any) any {
	switch v := v.(type) {
	case []any:
		for n := range v {
			v[n] = plainNumbers(v[n])
		}
	case map[string]any:
		for name := range v {
			v[name] = plainNumbers(v[name])
		}
	case json.Number:
		if f, err := v.Float64(); err == nil && strings.ContainsAny(string(v), ".eE") {
			return json.Number(strconv.FormatFloat(f, 'f', -1, 64))
		}
	}
	return v
}

func rowText(row map[string]json.RawMessage, column string) (s string) {
	_ = json.Unmarshal(row[column], &s) // what is no text is none
	return s
}

// Tables returns the names of all tables, without those that an engine keeps for itself.
func (tx *Tx) Tables() ([]string, error) {
	return all(tx, scanText, tx.dialect.tables)
}

// SchemaVersion returns the number of the newest migration that ran.
func (tx *Tx) SchemaVersion() (int, error) { return tx.schemaVersion() }
