package main

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
)

// app is the state of the chat screen. Only live touches it.
type app struct {
	config
	api     api
	session session
	screen  screen
	tab     string

	issue   issue // the conversation on screen; empty before the first message
	shown   int64 // seq of the newest message on screen
	asked   message
	outbox  []send // what waits to be sent, in order
	offline bool
	socket  *socket
	pause   time.Duration // before the next try to connect
}

// live does one thing after the other until the lines end.
func (a *app) live(ctx context.Context, lines <-chan string) error {
	if err := a.resume(ctx); err != nil {
		return err
	}
	for {
		var frames <-chan frame
		var retry <-chan time.Time
		if a.socket != nil {
			frames = a.socket.frames
		} else if !a.offline && a.issue.ID != "" {
			retry = time.After(a.pause)
		}
		select {
		case <-ctx.Done():
			return nil
		case line, more := <-lines:
			if !more || line == "/quit" {
				return nil
			}
			a.typed(ctx, strings.TrimSpace(line))
		case f, more := <-frames:
			if !more {
				a.lost()
				continue
			}
			a.hear(ctx, f)
		case <-retry:
			a.connect(ctx)
		}
	}
}

// resume shows the newest conversation that the session opens, if it is one already.
func (a *app) resume(ctx context.Context) error {
	var list struct {
		Issues []issue `json:"issues"`
	}
	err := a.api.get(ctx, "/issues", &list)
	var no *refusal
	if errors.As(err, &no) && no.Status == 401 || err == nil && len(list.Issues) == 0 {
		a.screen.hint("Write something to begin a conversation.")
		return nil
	}
	if err != nil {
		return err
	}
	a.issue.ID = list.Issues[0].ID
	var up update
	if err := a.api.get(ctx, "/issues/"+a.issue.ID+"/messages", &up); err != nil {
		return err
	}
	a.take(ctx, up)
	return nil
}

// connect opens the socket; what was missed comes as its first frame.
func (a *app) connect(ctx context.Context) {
	s, err := dial(a.server, hello{Type: "hello", Token: a.api.token, Tab: a.tab, State: "active",
		Cursors: map[string]cursor{a.issue.ID: {Seq: a.shown, Version: a.issue.Version}}})
	if err != nil {
		a.lost()
		return
	}
	a.socket, a.pause = s, 0
	a.flush(ctx)
}

// lost makes the next try wait: a little longer each time, up to half a minute.
func (a *app) lost() {
	a.hangUp()
	a.pause = min(max(2*a.pause, time.Second), 30*time.Second)
}

func (a *app) hangUp() {
	if a.socket != nil {
		a.socket.close()
		a.socket = nil
	}
}

func (a *app) hear(ctx context.Context, f frame) {
	switch f.Type {
	case "welcome":
		for _, up := range f.Updates {
			a.take(ctx, up)
		}
	case "update":
		a.take(ctx, f.update)
	case "typing":
		a.screen.hint(f.Name + " is typing…")
	case "error":
		a.screen.problem(f.Text)
	}
}

// typed is a line of the person.
func (a *app) typed(ctx context.Context, line string) {
	switch word, rest, _ := strings.Cut(line, " "); {
	case line == "":
	case word == "/offline":
		a.offline = true
		a.hangUp()
		a.screen.hint("Offline. What you write waits.")
	case word == "/online":
		a.offline, a.pause = false, 0
		a.screen.hint("Online.")
		a.flush(ctx)
	case word == "/file":
		a.sendFile(ctx, strings.TrimSpace(rest))
	case word == "/skip":
		a.put(ctx, send{Skip: true, Answers: a.issue.AskedSeq})
	case a.issue.Closing == "question" && (line == "yes" || line == "no"):
		a.finish(ctx, "/resolution", map[string]any{"client_id": freshToken()[:22], "accepted": line == "yes"})
	case a.issue.Closing == "feedback" && a.issue.Asking == "" && len(line) == 1 && line >= "1" && line <= "5":
		a.finish(ctx, "/feedback", map[string]any{"rating": int(line[0] - '0'), "comment": ""})
	default:
		a.put(ctx, a.answerOr(line))
	}
}

// answerOr is the line as the answer to the open question, or as a message.
func (a *app) answerOr(line string) send {
	s := send{Body: line}
	if a.issue.Asking == "" {
		return s
	}
	s.Answers = a.issue.AskedSeq
	if in := a.asked.Input; in != nil {
		for n, option := range in.Options { // options are numbered on screen
			if line == strconv.Itoa(n+1) || strings.EqualFold(line, option.Text) {
				s.Body = option.ID
			}
		}
	}
	return s
}

func (a *app) sendFile(ctx context.Context, path string) {
	id, err := a.api.upload(ctx, a.platform, path)
	if err != nil {
		a.screen.problem(err.Error())
		return
	}
	s := send{Attachments: []string{id}}
	if in := a.asked.Input; a.issue.Asking != "" && in != nil && in.Type == "file" {
		s.Answers = a.issue.AskedSeq
	}
	a.put(ctx, s)
}

// finish answers what is asked at the end of a conversation.
func (a *app) finish(ctx context.Context, path string, in any) {
	var up update
	if err := a.api.post(ctx, "/issues/"+a.issue.ID+path, in, &up); err != nil {
		a.screen.problem(err.Error())
		return
	}
	a.take(ctx, up)
}

// put lets something wait for its turn, with the mark by which the server knows it if it comes twice.
func (a *app) put(ctx context.Context, s send) {
	s.ClientID = freshToken()[:22]
	a.outbox = append(a.outbox, s)
	a.flush(ctx)
}

// flush sends what waits, in order. What may have been lost on the way stays and is sent again.
func (a *app) flush(ctx context.Context) {
	for len(a.outbox) > 0 && !a.offline {
		var up update
		err := a.deliver(ctx, a.outbox[0], &up)
		var no *refusal
		switch {
		case errors.As(err, &no):
			a.screen.problem(no.Text)
		case err != nil:
			a.screen.hint("Not sent yet: " + err.Error())
			a.lost()
			return
		}
		a.outbox = a.outbox[1:]
		if err == nil {
			a.take(ctx, up)
		}
	}
}

func (a *app) deliver(ctx context.Context, s send, up *update) error {
	if a.issue.ID != "" && a.issue.Closing != "ended" && a.issue.State != "rejected" {
		s.After = a.shown
		return a.api.post(ctx, "/issues/"+a.issue.ID+"/messages", s, up)
	}
	if err := a.session.keep(); err != nil {
		return err
	}
	m := a.meta
	m.Language, m.Zone = a.language, a.zone
	err := a.api.post(ctx, "/issues", start{a.platform, a.language, m, s.ClientID, s.Body}, up)
	if err == nil && up.Issue.ID != a.issue.ID {
		a.issue, a.shown, a.asked = issue{}, 0, message{}
		a.hangUp() // and come back with the new conversation's cursor
	}
	return err
}

// take shows what is new of the conversation on screen, and reports that it was seen.
func (a *app) take(ctx context.Context, up update) {
	if a.issue.ID == "" {
		a.issue.ID = up.Issue.ID
	}
	if up.Issue.ID != a.issue.ID {
		return // another conversation, which this screen does not show
	}
	before := a.issue
	if up.Issue.Version >= a.issue.Version {
		a.issue = up.Issue
	}
	outbound := false
	for _, m := range up.Messages {
		if m.Seq == a.issue.AskedSeq {
			a.asked = m
		}
		if m.Seq <= a.shown {
			continue
		}
		a.screen.message(m, a.server)
		a.shown = m.Seq
		outbound = outbound || m.Origin != "end-user"
	}
	if a.issue.Closing != before.Closing {
		a.screen.closing(a.issue.Closing)
	}
	if outbound && a.shown > a.issue.ReadSeq { // it is on screen now
		var seen update
		if err := a.api.post(ctx, "/issues/"+a.issue.ID+"/read", map[string]int64{"seq": a.shown}, &seen); err == nil {
			a.take(ctx, seen)
		}
	}
}
