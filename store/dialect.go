package store

// dialect holds the few words in which the two engines differ. A new field is the last resort.
type dialect struct {
	name          string // as Engine reports it and as "-- only:" marks of migrations say it
	forUpdate     string // locks the rows of a SELECT until the transaction ends
	skipLocked    string // the same, passing over rows another transaction has locked
	migrationLock string // makes other migrators wait for this transaction; empty if every writer waits anyway
	textLock      string // makes others with the same text wait for this transaction; empty if every writer waits anyway
	begun         string // selects the marks of the transactions that are under way; empty if those that write never overlap
	versionTable  string // counts the tables called schema_version
	tables        string // names all tables that are ours
	matching      string // a condition on the table search; ? stands for its argument
	prefix        func(word string) string
	or            string // between words of that argument
}

var (
	sqliteDialect = dialect{
		name:         "sqlite",
		versionTable: `SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'`,
		tables: `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search\_words%' ESCAPE '\'
			ORDER BY name`,
		matching: `s.id IN (SELECT rowid FROM search_words WHERE search_words MATCH ?)`,
		prefix:   func(word string) string { return `"` + word + `"*` },
		or:       " OR ",
	}
	postgresDialect = dialect{
		name:          "postgres",
		forUpdate:     " FOR UPDATE",
		skipLocked:    " FOR UPDATE SKIP LOCKED",
		migrationLock: `SELECT pg_advisory_xact_lock(7364281907)`,
		begun:         marksUnderWay,
		textLock:      `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`,
		versionTable: `SELECT count(*) FROM information_schema.tables
			WHERE table_schema = current_schema() AND table_name = 'schema_version'`,
		tables: `SELECT table_name FROM information_schema.tables
			WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name`,
		matching: `array_to_tsvector(string_to_array(s.words, ' ')) @@ CAST(? AS tsquery)`,
		prefix:   func(word string) string { return word + ":*" },
		or:       " | ",
	}
)
