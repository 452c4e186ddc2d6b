package archive

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"io"
	"maps"

	"rejoin"
)

// Reader reads an archive that [Writer] has written, or what somebody says is one. It is not safe for concurrent use.
type Reader struct {
	lines  *bufio.Scanner
	header Header
	n      int64 // lines read
	sum    hash.Hash
	rows   map[string]int64
	files  int64
	open   *pieces // the file that is being read
}

// Item is a row of a table, or a part of a file.
type Item struct {
	Table string // of a row; empty for a file
	Row   Row
	File  string // id of the attachment
	Part  Part
	Body  io.Reader // of a file; good until the next call of Next, which passes over what was not read
}

// NewReader reads the header. r may be compressed with gzip.
func NewReader(r io.Reader) (*Reader, error) {
	buffered := bufio.NewReaderSize(r, 64<<10)
	if magic, err := buffered.Peek(2); err == nil && bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		unzipped, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, damaged(1, "cannot be unpacked (%v)", err)
		}
		buffered = bufio.NewReaderSize(unzipped, 64<<10)
	}
	a := &Reader{lines: bufio.NewScanner(buffered), sum: sha256.New(), rows: map[string]int64{}}
	a.lines.Buffer(make([]byte, 64<<10), maxLine)
	if err := a.line(&a.header); err != nil {
		return nil, err
	}
	h := a.header
	switch {
	case h.Archive != "rejoin":
		return nil, rejoin.Errorf(rejoin.Invalid, "This is no archive of a domain. Give a file that \"rejoin export\" has made.")
	case h.Version != Version:
		return nil, rejoin.Errorf(rejoin.Invalid, "This archive has form %d, and this program reads form %d. Export it with the same version of Rejoin.", h.Version, Version)
	}
	return a, nil
}

// Header returns what the archive says about itself.
func (a *Reader) Header() Header { return a.header }

// Lines returns how many lines were read so far.
func (a *Reader) Lines() int64 { return a.n }

// line reads a line as JSON into dest, a pointer.
func (a *Reader) line(dest any) error {
	a.n++
	if !a.lines.Scan() {
		if err := a.lines.Err(); err != nil {
			return damaged(a.n, "cannot be read (%v)", err)
		}
		return damaged(a.n, "is missing")
	}
	decoder := json.NewDecoder(bytes.NewReader(a.lines.Bytes()))
	decoder.DisallowUnknownFields() // what we would lose silently
	if err := decoder.Decode(dest); err != nil {
		if a.n == 1 {
			return rejoin.Errorf(rejoin.Invalid, "This is no archive of a domain. Give a file that \"rejoin export\" has made.")
		}
		return damaged(a.n, "is not understood (%v)", err)
	}
	if decoder.InputOffset() != int64(len(a.lines.Bytes())) {
		return damaged(a.n, "holds more than it should")
	}
	return nil
}

// Next returns the next row or file, and [io.EOF] at the end of an archive that is whole.
func (a *Reader) Next() (Item, error) {
	if a.open != nil {
		if _, err := io.Copy(io.Discard, a.open); err != nil {
			return Item{}, err
		}
		a.open = nil
	}
	l, err := a.next()
	if err != nil {
		return Item{}, err
	}
	switch {
	case l.End != nil:
		return Item{}, a.check(*l.End)
	case l.Table != "" && l.File == "":
		a.rows[l.Table]++
		return Item{Table: l.Table, Row: l.Row}, nil
	case l.Table == "" && l.File != "" && (l.Part == Original || l.Part == Preview):
		a.files++
		a.open = &pieces{from: a, first: l, data: l.Data, last: l.Last}
		return Item{File: l.File, Part: l.Part, Body: a.open}, nil
	}
	return Item{}, damaged(a.n, "is neither a row nor a file")
}

func (a *Reader) next() (l line, err error) {
	a.sum.Write(a.lines.Bytes()) // the line before this one: it was not the end
	a.sum.Write([]byte{'\n'})
	if err := a.line(&l); err != nil {
		return l, err
	}
	if l.End != nil && l.End.SHA256 != hex.EncodeToString(a.sum.Sum(nil)) {
		return l, damaged(a.n, "shows that the file was changed")
	}
	return l, nil
}

func (a *Reader) check(e end) error {
	if e.Files != a.files || !maps.Equal(e.Rows, a.rows) {
		return damaged(a.n, "counts other rows or files than there are")
	}
	if a.lines.Scan() {
		return damaged(a.n+1, "comes after the end")
	}
	return io.EOF
}

// pieces is a file that is read line by line.
type pieces struct {
	from  *Reader
	first line
	data  []byte
	last  bool
}

// Read implements io.Reader.
func (p *pieces) Read(b []byte) (int, error) {
	for len(p.data) == 0 {
		if p.last {
			return 0, io.EOF
		}
		l, err := p.from.next()
		if err == nil && (l.File != p.first.File || l.Part != p.first.Part) {
			err = damaged(p.from.n, "should go on with the file %s", p.first.File)
		}
		if err != nil {
			return 0, err
		}
		p.data, p.last = l.Data, l.Last
	}
	n := copy(b, p.data)
	p.data = p.data[n:]
	return n, nil
}
