package store

import "rejoin"

const botColumns = `id, domain_id, name, kind, draft, changed, saved_by, version, revision, published_at, published_by, archived_at, created_at, updated_at`

func scanBot(s scanner) (b rejoin.Bot, err error) {
	err = s.Scan(&b.ID, &b.DomainID, &b.Name, &b.Kind, fromJSON(&b.Draft), &b.Changed, &b.SavedBy, &b.Version, &b.Revision, &b.PublishedAt, &b.PublishedBy,
		&b.ArchivedAt, &b.CreatedAt, &b.UpdatedAt)
	return b, err
}

// AddBot stores a new bot. It reports false if its name is taken.
func (tx *Tx) AddBot(b rejoin.Bot) (bool, error) {
	draft, err := toJSON(b.Draft)
	if err != nil {
		return false, err
	}
	n, err := tx.exec(`INSERT INTO bots (`+botColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`,
		b.ID, b.DomainID, b.Name, b.Kind, draft, b.Changed, b.SavedBy, b.Version, b.Revision, b.PublishedAt, b.PublishedBy, b.ArchivedAt, b.CreatedAt, b.UpdatedAt)
	return n == 1, err
}

// SaveBot stores everything about a bot that can change.
func (tx *Tx) SaveBot(b rejoin.Bot) error {
	draft, err := toJSON(b.Draft)
	if err != nil {
		return err
	}
	_, err = tx.exec(`UPDATE bots SET name = $2, draft = $3, changed = $4, saved_by = $5, version = $6, revision = $7, published_at = $8, published_by = $9,
		archived_at = $10, updated_at = $11 WHERE id = $1`,
		b.ID, b.Name, draft, b.Changed, b.SavedBy, b.Version, b.Revision, b.PublishedAt, b.PublishedBy, b.ArchivedAt, b.UpdatedAt)
	return err
}

// Bot returns the bot with the id.
func (tx *Tx) Bot(id string) (rejoin.Bot, error) {
	return one(tx, "bot", scanBot, `SELECT `+botColumns+` FROM bots WHERE id = $1`, id)
}

// LockBot returns the bot and keeps others from changing it until the transaction ends.
func (tx *Tx) LockBot(id string) (rejoin.Bot, error) {
	return one(tx, "bot", scanBot, `SELECT `+botColumns+` FROM bots WHERE id = $1`+tx.forUpdate(), id)
}

// Bots returns the domain's bots by name, archived ones too.
func (tx *Tx) Bots(domainID string) ([]rejoin.Bot, error) {
	return all(tx, scanBot, `SELECT `+botColumns+` FROM bots WHERE domain_id = $1 ORDER BY LOWER(name), id`, domainID)
}

const versionColumns = `bot_id, version, script, published_at, published_by`

func scanVersion(s scanner) (v rejoin.BotVersion, err error) {
	err = s.Scan(&v.BotID, &v.Version, fromJSON(&v.Script), &v.PublishedAt, &v.PublishedBy)
	return v, err
}

// AddBotVersion stores what is published.
func (tx *Tx) AddBotVersion(v rejoin.BotVersion) error {
	script, err := toJSON(v.Script)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO bot_versions (`+versionColumns+`) VALUES ($1, $2, $3, $4, $5)`, v.BotID, v.Version, script, v.PublishedAt, v.PublishedBy)
	return err
}

// BotVersion returns one version of a bot.
func (tx *Tx) BotVersion(botID string, version int64) (rejoin.BotVersion, error) {
	return one(tx, "version", scanVersion, `SELECT `+versionColumns+` FROM bot_versions WHERE bot_id = $1 AND version = $2`, botID, version)
}

// BotVersions returns the newest versions of a bot, newest first, at most limit.
func (tx *Tx) BotVersions(botID string, limit int) ([]rejoin.BotVersion, error) {
	return all(tx, scanVersion, `SELECT `+versionColumns+` FROM bot_versions WHERE bot_id = $1 ORDER BY version DESC LIMIT $2`, botID, limit)
}

// BotVersionCount is how many conversations a version of a bot is in.
type BotVersionCount struct {
	BotID   string
	Version int64
	Running int64
}

// RunningBots returns in how many conversations the domain's bots are, by version.
func (tx *Tx) RunningBots(domainID string) ([]BotVersionCount, error) {
	return all(tx, func(s scanner) (c BotVersionCount, err error) {
		err = s.Scan(&c.BotID, &c.Version, &c.Running)
		return c, err
	}, `SELECT r.bot_id, r.version, COUNT(*) FROM bot_runs r JOIN bots b ON b.id = r.bot_id
		WHERE b.domain_id = $1 AND r.state IN ('waiting', 'asking', 'calling') GROUP BY r.bot_id, r.version`, domainID)
}

const runColumns = `issue_id, n, bot_id, version, state, step, answers, lists, tries, calls, started_by, error, started_at, updated_at`

func scanRun(s scanner) (r rejoin.BotRun, err error) {
	err = s.Scan(&r.IssueID, &r.N, &r.BotID, &r.Version, &r.State, &r.Step, fromJSON(&r.Answers), fromJSON(&r.Lists), &r.Tries, &r.Calls,
		fromJSON(&r.StartedBy), &r.Error, &r.StartedAt, &r.UpdatedAt)
	return r, err
}

// PutBotRun stores a run, new or changed.
func (tx *Tx) PutBotRun(r rejoin.BotRun) error {
	if r.Answers == nil {
		r.Answers = map[string]string{}
	}
	if r.Lists == nil {
		r.Lists = map[string][]string{}
	}
	answers, err := toJSON(r.Answers)
	if err != nil {
		return err
	}
	lists, err := toJSON(r.Lists)
	if err != nil {
		return err
	}
	by, err := toJSON(r.StartedBy)
	if err != nil {
		return err
	}
	_, err = tx.exec(`INSERT INTO bot_runs (`+runColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (issue_id, n) DO UPDATE SET state = excluded.state, step = excluded.step, answers = excluded.answers, lists = excluded.lists,
		tries = excluded.tries, calls = excluded.calls, error = excluded.error, updated_at = excluded.updated_at`,
		r.IssueID, r.N, r.BotID, r.Version, r.State, r.Step, answers, lists, r.Tries, r.Calls, by, r.Error, r.StartedAt, r.UpdatedAt)
	return err
}

// LiveBotRun returns the issue's run that goes on, and whether there is one.
func (tx *Tx) LiveBotRun(issueID string) (rejoin.BotRun, bool, error) {
	return first(all(tx, scanRun, `SELECT `+runColumns+` FROM bot_runs WHERE issue_id = $1 AND state IN ('waiting', 'asking', 'calling')`, issueID))
}

// BotRunsUnanswered returns how many runs have begun in the issue since its user wrote last.
func (tx *Tx) BotRunsUnanswered(issueID string) (n int64, err error) {
	_, err = one(tx, "conversation", func(s scanner) (struct{}, error) { return struct{}{}, s.Scan(&n) }, `SELECT COUNT(*) FROM bot_runs WHERE issue_id = $1
		AND started_at >= (SELECT COALESCE(MAX(created_at), 0) FROM messages WHERE issue_id = $1 AND origin = 'end-user')`, issueID)
	return n, err
}

// NewestBotRun returns the issue's newest run, and whether there is one.
func (tx *Tx) NewestBotRun(issueID string) (rejoin.BotRun, bool, error) {
	return first(all(tx, scanRun, `SELECT `+runColumns+` FROM bot_runs WHERE issue_id = $1 ORDER BY n DESC LIMIT 1`, issueID))
}
