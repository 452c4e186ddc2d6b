package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"rejoin/agentapi"
	"rejoin/chatapi"
	"rejoin/identity"
)

// order is what the process with the load is to do.
type order struct {
	Kind     string // messages, delivery or sockets
	URL      string
	Visitors []visitor
	Cookies  []string // of agents
	Senders  int
	Warm     time.Duration // not measured
	Duration time.Duration
}

// outcome is what came of it.
type outcome struct {
	Times  map[string][]time.Duration
	Failed int    // answers that were no success
	First  string // the first of them
	PID    int    // of the process with the load
}

// load is the running process with the load.
type load struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// load starts the process and hands it the order.
func (b *bench) load(o order) (*load, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	o.URL = b.process.URL
	l := &load{cmd: exec.Command(self, "load")}
	l.cmd.Stderr = os.Stderr
	if l.in, err = l.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := l.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	l.out = json.NewDecoder(out)
	if err := l.cmd.Start(); err != nil {
		return nil, err
	}
	return l, json.NewEncoder(l.in).Encode(o)
}

// next returns what the process has to say next.
func (l *load) next() (r outcome, err error) {
	if err = l.out.Decode(&r); err != nil {
		return r, fmt.Errorf("the process with the load ended: %w", errors.Join(err, l.cmd.Wait()))
	}
	if r.Failed > 0 {
		err = fmt.Errorf("%d requests failed, the first with: %s", r.Failed, r.First)
	}
	return r, err
}

// end lets the process end.
func (l *load) end() error { return errors.Join(l.in.Close(), l.cmd.Wait()) }

// runLoad is the process with the load. It reads an order, says what came of it, and ends when its input does.
func runLoad(ctx context.Context, in io.Reader, out io.Writer) error {
	var o order
	orders := json.NewDecoder(in)
	if err := orders.Decode(&o); err != nil {
		return err
	}
	say := json.NewEncoder(out)
	var err error
	switch o.Kind {
	case "messages":
		err = o.messages(say)
	case "delivery":
		err = o.delivery(ctx, say)
	case "sockets":
		err = o.sockets(ctx, say)
	default:
		err = fmt.Errorf("the load does not know %q", o.Kind)
	}
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, orders.Buffered())
	_, _ = io.Copy(io.Discard, in)
	return err
}

// sender is one of those who send as fast as they are answered.
type sender struct {
	o       order
	talk    *talker
	nth     int
	sent    int
	begin   time.Time // of what is measured
	times   [2][]time.Duration
	failed  int
	first   string
	request bytes.Buffer
}

// messages lets the senders send: four of five messages are visitors', one is an agent's.
func (o order) messages(say *json.Encoder) error {
	senders := make([]*sender, o.Senders)
	errs := make([]error, o.Senders)
	var all sync.WaitGroup
	begin := time.Now().Add(o.Warm)
	for i := range senders {
		talk, err := dial(o.URL)
		if err != nil {
			return err
		}
		senders[i] = &sender{o: o, talk: talk, nth: i, begin: begin}
	}
	if err := say.Encode(outcome{PID: os.Getpid()}); err != nil {
		return err
	}
	for i, s := range senders {
		all.Go(func() { errs[i] = s.run() })
	}
	all.Wait()
	r := outcome{Times: map[string][]time.Duration{}, PID: os.Getpid()}
	for _, s := range senders {
		r.Times["visitors"] = append(r.Times["visitors"], s.times[0]...)
		r.Times["agents"] = append(r.Times["agents"], s.times[1]...)
		r.Failed += s.failed
		if r.First == "" {
			r.First = s.first
		}
	}
	return errors.Join(errors.Join(errs...), say.Encode(r))
}

func (s *sender) run() error {
	end := s.begin.Add(s.o.Duration)
	for {
		start := time.Now()
		if start.After(end) {
			return nil
		}
		byAgent := s.sent%5 == 4
		s.compose(byAgent)
		status, body, err := s.talk.ask(s.request.Bytes())
		if err != nil {
			return err
		}
		s.sent++
		done := time.Now()
		switch {
		case status != 200:
			s.failed++
			if s.first == "" {
				s.first = fmt.Sprintf("%d %s", status, body)
			}
		case start.After(s.begin) && done.Before(end):
			who := 0
			if byAgent {
				who = 1
			}
			s.times[who] = append(s.times[who], done.Sub(start))
		}
	}
}

// compose writes the next request. Each sender has conversations of its own.
func (s *sender) compose(byAgent bool) {
	mine := len(s.o.Visitors) / s.o.Senders
	v := s.o.Visitors[s.nth*mine+s.sent%mine]
	clientID := identity.NewToken()
	s.request.Reset()
	if byAgent {
		body, _ := json.Marshal(agentapi.Send{ClientID: clientID, Body: "Your parcel has left us this morning.", After: 1 << 40, AfterEvent: 1 << 40})
		cookie := s.o.Cookies[(s.nth+s.sent)%len(s.o.Cookies)]
		fmt.Fprintf(&s.request, "POST /agent/v1/issues/%s/messages HTTP/1.1\r\nHost: chat.example.com\r\nCookie: %s\r\n"+
			"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", v.IssueID, cookie, len(body), body)
		return
	}
	body, _ := json.Marshal(chatapi.Send{ClientID: clientID, Body: "Where is my order? I was told that it would come on Monday."})
	fmt.Fprintf(&s.request, "POST /chat/v1/issues/%s/messages HTTP/1.1\r\nHost: chat.example.com\r\nAuthorization: Bearer %s\r\nX-Forwarded-For: %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", v.IssueID, v.Token, v.Address, len(body), body)
}
