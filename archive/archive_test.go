package archive_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"rejoin"
	"rejoin/archive"
)

// sample is an archive with two rows and a file of more than one piece.
func sample(t testing.TB) []byte {
	var b bytes.Buffer
	w, err := archive.NewWriter(&b, archive.Header{Schema: 7, DomainID: "dom_1", Domain: "acme", MadeAt: 1, Files: true})
	if err != nil {
		t.Fatal(err)
	}
	row := archive.Row{"id": json.RawMessage(`"fil_1"`), "size": json.RawMessage(`600000`), "name": json.RawMessage(`"<ü>"`)}
	if err := errors.Join(w.Row("domains", archive.Row{"id": json.RawMessage(`"dom_1"`)}), w.Row("attachments", row)); err != nil {
		t.Fatal(err)
	}
	if n, err := w.File("fil_1", archive.Original, bytes.NewReader(content)); n != int64(len(content)) || err != nil {
		t.Fatal(n, err)
	}
	if n, err := w.File("fil_1", archive.Preview, strings.NewReader("")); n != 0 || err != nil {
		t.Fatal(n, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var content = bytes.Repeat([]byte("0123456789"), 60_000)

// readAll reads an archive to its end and returns what its files hold.
func readAll(data []byte) (rows int, files []byte, err error) {
	r, err := archive.NewReader(bytes.NewReader(data))
	for err == nil {
		var item archive.Item
		if item, err = r.Next(); err != nil {
			break
		}
		if item.Table != "" {
			rows++
			continue
		}
		var body []byte
		body, err = io.ReadAll(item.Body)
		files = append(files, body...)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return rows, files, err
}

func TestArchive(t *testing.T) {
	data := sample(t)
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := z.Write(data); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"plain": data, "gzip": zipped.Bytes()} {
		rows, files, err := readAll(data)
		if err != nil || rows != 2 || !bytes.Equal(files, content) {
			t.Errorf("%s: %d rows, %d bytes of files, %v", name, rows, len(files), err)
		}
	}
	if !strings.Contains(string(data), `"<ü>"`) {
		t.Error("texts should stand as they are")
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	cut := func(from, to int) []byte {
		return append(bytes.Join(lines[:from], nil), bytes.Join(lines[to:], nil)...)
	}
	for name, wrong := range map[string][]byte{
		"empty": nil, "text": []byte("hello\n"), "another form": bytes.Replace(data, []byte(`"version":1`), []byte(`"version":2`), 1),
		"no end": cut(len(lines)-2, len(lines)-1), "cut in a line": data[:len(data)/2], "no row": cut(1, 2), "no piece": cut(4, 5), "no last piece": cut(5, 6),
		"a bit": bytes.Replace(data, []byte("dom_1"), []byte("dom_2"), 1), "more": append(bytes.Clone(data), lines[1]...), "zip": zipped.Bytes()[:zipped.Len()/2],
		"unknown word": bytes.Replace(data, []byte(`"table"`), []byte(`"shelf"`), 1),
	} {
		if _, _, err := readAll(wrong); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	r, err := archive.NewReader(bytes.NewReader(data))
	for n := 0; err == nil; n++ { // whoever does not want a file passes over it
		if _, err = r.Next(); n > 3 {
			t.Fatal("no end")
		}
	}
	if !errors.Is(err, io.EOF) {
		t.Error(err)
	}
}

func FuzzReader(f *testing.F) {
	f.Add(sample(f))
	f.Add([]byte(`{"archive":"rejoin","version":1}` + "\n" + `{"file":"a","part":"original","data":"AAAA"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, _, err := readAll(data); err != nil && rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("not a sentence for people: %v", err)
		}
	})
}
