package archive

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
)

// Writer writes an archive. It is not safe for concurrent use.
type Writer struct {
	out *bufio.Writer
	sum hash.Hash
	enc *json.Encoder
	end end
}

// NewWriter begins an archive with its header. The caller closes it.
func NewWriter(w io.Writer, h Header) (*Writer, error) {
	a := &Writer{out: bufio.NewWriterSize(w, 64<<10), sum: sha256.New(), end: end{Rows: map[string]int64{}}}
	a.enc = json.NewEncoder(io.MultiWriter(a.out, a.sum))
	a.enc.SetEscapeHTML(false)
	h.Archive, h.Version = "rejoin", Version
	return a, a.enc.Encode(h)
}

// Row writes a row.
func (a *Writer) Row(table string, row Row) error {
	a.end.Rows[table]++
	return a.enc.Encode(line{Table: table, Row: row})
}

// File writes a part of an attachment whose row was just written, and returns how many bytes that were. One without bytes is not written.
func (a *Writer) File(id string, part Part, r io.Reader) (size int64, err error) {
	piece, next := make([]byte, pieceSize), make([]byte, pieceSize)
	n, err := fill(r, piece)
	for err == nil && n > 0 {
		var m int
		if m, err = fill(r, next); err == nil {
			err = a.enc.Encode(line{File: id, Part: part, Data: piece[:n], Last: m == 0})
		}
		size += int64(n)
		piece, next, n = next, piece, m
	}
	if err == nil && size > 0 {
		a.end.Files++
	}
	return size, err
}

// fill reads until the piece is full or there is no more.
func fill(r io.Reader, piece []byte) (int, error) {
	n, err := io.ReadFull(r, piece)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return n, err
}

// Close writes the end. It does not close what it writes to.
func (a *Writer) Close() error {
	a.end.SHA256 = hex.EncodeToString(a.sum.Sum(nil))
	if err := a.enc.Encode(line{End: &a.end}); err != nil {
		return err
	}
	return a.out.Flush()
}

// Rows returns how many rows of each table were written.
func (a *Writer) Rows() map[string]int64 { return a.end.Rows }
