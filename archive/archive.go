// Package archive is the form in which a domain's data leaves an installation and comes into another one: JSON Lines, each line an object.
//
// The first line is a [Header]. Then come rows ({"table": …, "row": {…}}), each table's together, those first that others refer to; and, after the row of an
// attachment, its bytes in pieces ({"file": …, "part": …, "data": base64}). The last line counts everything and holds the SHA-256 of all lines before it, so
// that a file that was cut or damaged is noticed. Columns that are NULL are left out of rows.
//
// A [Writer] writes and a [Reader] reads, both line by line: memory does not grow with the archive. Readers take gzip too.
package archive

import (
	"encoding/json"
	"fmt"

	"rejoin"
)

// Version of the form. Readers take this one only.
const Version = 1

// Header is what an archive says about itself.
type Header struct {
	Archive  string        `json:"archive"` // always rejoin
	Version  int           `json:"version"`
	Schema   int           `json:"schema"` // version of the database schema whose columns rows have
	DomainID string        `json:"domain_id"`
	Domain   string        `json:"domain"` // its name
	MadeAt   rejoin.Millis `json:"made_at"`
	Secrets  bool          `json:"secrets"` // passwords' hashes, secrets, sessions and links are in it
	Files    bool          `json:"files"`   // the bytes of attachments are in it
}

// Row is a table's row: JSON by column.
type Row map[string]json.RawMessage

// Text returns the text in a column; "" if there is none.
func (r Row) Text(column string) (s string) {
	_ = json.Unmarshal(r[column], &s) // what is no text is none
	return s
}

// Number returns the whole number in a column; 0 if there is none.
func (r Row) Number(column string) (n int64) {
	_ = json.Unmarshal(r[column], &n) // what is no number is none
	return n
}

// Part says which bytes of an attachment they are.
type Part string

const (
	Original Part = "original"
	Preview  Part = "preview"
)

// line is one line after the header; only one of Table, File and End is set.
type line struct {
	Table string `json:"table,omitempty"`
	Row   Row    `json:"row,omitempty"`
	File  string `json:"file,omitempty"` // id of the attachment
	Part  Part   `json:"part,omitempty"`
	Data  []byte `json:"data,omitempty"`
	Last  bool   `json:"last,omitempty"` // no more pieces of this part follow
	End   *end   `json:"end,omitempty"`
}

type end struct {
	Rows   map[string]int64 `json:"rows"`
	Files  int64            `json:"files"`
	SHA256 string           `json:"sha256"`
}

// pieceSize is how many bytes of a file are in a line. maxLine is far more than any line of ours has.
const (
	pieceSize = 256 << 10
	maxLine   = 64 << 20
)

func damaged(n int64, format string, args ...any) error {
	return rejoin.Errorf(rejoin.Invalid, "The archive is damaged: line %d %s. Export it again.", n, fmt.Sprintf(format, args...))
}
