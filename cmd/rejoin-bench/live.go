package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"rejoin/agentapi"
	"rejoin/chatapi"
	"rejoin/identity"
	"rejoin/rejointest"
)

// delivery measures the time from sending to the frame on the other party's socket, one message after the other.
func (o order) delivery(ctx context.Context, say *json.Encoder) error {
	h := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	r := outcome{Times: map[string][]time.Duration{}}
	agent := &rejointest.Client{HTTP: h, Cookie: o.Cookies[0]}
	inbox, err := agent.Dial(o.URL, "/agent/v1/socket")
	if err != nil {
		return err
	}
	if _, err := await(ctx, inbox, `"welcome"`); err != nil {
		return err
	}
	for i, v := range o.Visitors {
		person := &rejointest.Client{HTTP: h, Token: v.Token, Address: v.Address}
		page, err := person.DialVisitor(o.URL)
		if err != nil {
			return err
		}
		if _, err := await(ctx, page, `"welcome"`); err != nil {
			return err
		}
		body := "to the agent " + identity.NewToken()
		start := time.Now()
		if _, err := person.Say(ctx, o.URL, v.IssueID, chatapi.Send{ClientID: identity.NewToken(), Body: body}); err != nil {
			return err
		}
		at, err := await(ctx, inbox, body)
		if err != nil {
			return err
		}
		r.Times["agent"] = append(r.Times["agent"], at.Sub(start))

		body = "to the visitor " + identity.NewToken()
		sender := &rejointest.Client{HTTP: h, Cookie: o.Cookies[i%len(o.Cookies)]}
		start = time.Now()
		if _, err := sender.Reply(ctx, o.URL, v.IssueID, agentapi.Send{ClientID: identity.NewToken(), Body: body}); err != nil {
			return err
		}
		if at, err = await(ctx, page, body); err != nil {
			return err
		}
		r.Times["visitor"] = append(r.Times["visitor"], at.Sub(start))
		page.Close()
		for range page.Frames { // to its end
		}
	}
	return say.Encode(r)
}

// await returns when a frame with the text arrived.
func await(ctx context.Context, s *rejointest.Socket, text string) (time.Time, error) {
	for {
		select {
		case f, open := <-s.Frames:
			if !open {
				return time.Time{}, errors.New("a socket was closed")
			}
			if bytes.Contains(f.Data, []byte(text)) {
				return f.At, nil
			}
		case <-ctx.Done():
			return time.Time{}, ctx.Err()
		}
	}
}

// sockets opens a socket for every visitor, says so, and keeps them open.
func (o order) sockets(ctx context.Context, say *json.Encoder) error {
	h := &http.Client{}
	next := make(chan visitor)
	errs := make([]error, 32)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() {
			for v := range next {
				if err := o.idle(ctx, h, v); err != nil && errs[i] == nil {
					errs[i] = fmt.Errorf("opening a socket: %w", err)
				}
			}
		})
	}
	for _, v := range o.Visitors {
		next <- v
	}
	close(next)
	all.Wait()
	return errors.Join(errors.Join(errs...), say.Encode(outcome{}))
}

// idle opens a socket and reads over what it brings after the welcome.
func (o order) idle(ctx context.Context, h *http.Client, v visitor) error {
	s, err := (&rejointest.Client{HTTP: h, Token: v.Token, Address: v.Address}).DialVisitor(o.URL)
	if err != nil {
		return err
	}
	if _, err := await(ctx, s, `"welcome"`); err != nil {
		return err
	}
	go func() {
		for range s.Frames {
		}
	}()
	return nil
}
