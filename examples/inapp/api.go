package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
)

// The parts of the wire that this client uses. Everything else in the answers is ignored.
type (
	message struct {
		Seq        int64  `json:"seq"`
		ClientID   string `json:"client_id"`
		Origin     string `json:"origin"` // end-user, agent, bot or automation
		AuthorName string `json:"author_name"`
		Body       string `json:"body"`
		Ask        string `json:"ask"` // name, email or answer
		Input      *struct {
			Type    string `json:"type"`
			Skip    bool   `json:"skip"`
			Options []struct {
				ID   string `json:"id"`
				Text string `json:"text"`
			} `json:"options"`
		} `json:"input"`
		Attachments []struct {
			Name string `json:"name"`
			URL  string `json:"url"`
		} `json:"attachments"`
		DeletedAt int64 `json:"deleted_at"`
	}
	issue struct {
		ID       string `json:"id"`
		Version  int64  `json:"version"`
		Number   int64  `json:"number"`
		State    string `json:"state"`
		LastSeq  int64  `json:"last_seq"`
		ReadSeq  int64  `json:"read_seq"`
		Asking   string `json:"asking"`
		AskedSeq int64  `json:"asked_seq"`
		Closing  string `json:"closing"`
	}
	update struct {
		Issue    issue     `json:"issue"`
		Messages []message `json:"messages"`
		More     bool      `json:"more"`
	}
	meta struct {
		Language string            `json:"language,omitempty"`
		Zone     string            `json:"timezone,omitempty"`
		Device   string            `json:"device,omitempty"`
		App      map[string]string `json:"app,omitempty"`
		OS       map[string]string `json:"os,omitempty"`
		Hardware map[string]any    `json:"hardware,omitempty"`
		Custom   map[string]string `json:"custom,omitempty"`
	}
	send struct {
		ClientID    string   `json:"client_id"`
		Body        string   `json:"body"`
		Attachments []string `json:"attachments,omitempty"`
		Answers     int64    `json:"answers,omitempty"`
		Skip        bool     `json:"skip,omitempty"`
		After       int64    `json:"after,omitempty"`
	}
	start struct {
		PlatformID string `json:"platform_id"`
		Language   string `json:"language"`
		Meta       meta   `json:"meta"`
		ClientID   string `json:"client_id"`
		Body       string `json:"body"`
	}
)

// refusal is an answer of the server that repeating does not change: its text is for people.
type refusal struct {
	Status int    `json:"-"`
	Text   string `json:"error"`
	Code   string `json:"code"`
}

func (r *refusal) Error() string { return r.Text }

// api is the requests of one session.
type api struct {
	server, token string
	http          *http.Client
}

// post sends a value as JSON. An error that is no *refusal may pass: the same request may be made again.
func (a api) post(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	return a.do(ctx, http.MethodPost, path, "application/json", bytes.NewReader(body), out)
}

func (a api) get(ctx context.Context, path string, out any) error {
	return a.do(ctx, http.MethodGet, path, "", nil, out)
}

// upload sends a file and returns its id, which a message names.
func (a api) upload(ctx context.Context, platform, path string) (id string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	var out struct {
		ID string `json:"id"`
	}
	q := url.Values{"platform": {platform}, "name": {filepath.Base(path)}, "client_id": {freshToken()}}
	err = a.do(ctx, http.MethodPost, "/attachments?"+q.Encode(), "application/octet-stream", f, &out)
	return out.ID, err
}

func (a api) do(ctx context.Context, method, path, kind string, body io.Reader, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, a.server+"/chat/v1"+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+a.token)
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := a.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	switch {
	case resp.StatusCode == http.StatusOK:
		return json.Unmarshal(answer, out)
	case resp.StatusCode == http.StatusTooManyRequests, resp.StatusCode >= 500:
		return fmt.Errorf("the server answered %s: try again later", resp.Status)
	}
	r := &refusal{Status: resp.StatusCode}
	if err := json.Unmarshal(answer, r); err != nil {
		return fmt.Errorf("the server answered %s", resp.Status)
	}
	return r
}

// session is what a client must keep: the token opens the conversations.
type session struct {
	path  string
	Token string `json:"token"`
}

func openSession(path string) (s session, err error) {
	s.path = path
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		s.Token = freshToken()
		return s, nil // it is kept with the first message
	}
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	return s, err
}

func (s session) keep() error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return os.WriteFile(s.path, text, 0o600)
}

// freshToken is 32 random bytes in base64url.
func freshToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}
