package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
)

// talker is one kept connection. It understands as little of HTTP as the server's answers need, so that asking costs little of the
// processor that server and load share.
type talker struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte
}

func dial(url string) (*talker, error) {
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		return nil, err
	}
	return &talker{conn: conn, in: bufio.NewReaderSize(conn, 16<<10)}, nil
}

// ask sends a whole request and returns the answer, which is good until the next call.
func (t *talker) ask(request []byte) (status int, body []byte, err error) {
	if _, err := t.conn.Write(request); err != nil {
		return 0, nil, err
	}
	line, err := t.in.ReadSlice('\n')
	if err != nil {
		return 0, nil, err
	}
	if len(line) < 12 {
		return 0, nil, fmt.Errorf("the answer begins with %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, nil, err
	}
	length := -1
	for {
		if line, err = t.in.ReadSlice('\n'); err != nil {
			return 0, nil, err
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			break
		}
		if name, value, _ := bytes.Cut(line, []byte(":")); bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, nil, err
			}
		}
	}
	if length >= 0 {
		t.body = append(t.body[:0], make([]byte, length)...)
		_, err = io.ReadFull(t.in, t.body)
		return status, t.body, err
	}
	return status, nil, t.chunks()
}

// chunks reads over a body in chunks.
func (t *talker) chunks() error {
	for {
		line, err := t.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if _, err := t.in.Discard(int(n) + 2); err != nil || n == 0 {
			return err
		}
	}
}
