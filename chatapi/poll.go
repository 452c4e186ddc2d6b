package chatapi

import (
	"context"
	"time"

	"rejoin/core"
	"rejoin/live"
	"rejoin/web"
)

// pollFor is how long a poll waits for news.
const pollFor = 25 * time.Second

// poll answers as soon as there is something that the client lacks. A client that has nothing yet is welcomed.
func (a *API) poll(c call) (any, error) {
	token, err := c.session(a.limits.poll)
	if err != nil {
		return nil, err
	}
	var in Poll
	if err := web.ReadJSON(c.w, c.r, &in, maxCursors); err != nil {
		return nil, err
	}
	cursors, err := cursorsOf(in.Cursors)
	if err != nil {
		return nil, err
	}
	whose, err := a.enter(c.r.Context(), token, in.Tab, in.State, nil)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(c.r.Context())
	defer cancel()
	defer a.Clock.AfterFunc(pollFor, cancel)()
	sub := a.Hub.Subscribe(nil, topics(whose)...)
	defer sub.Close()
	frames, err := a.news(ctx, sub, token, cursors)
	if c.r.Context().Err() == nil {
		a.tabs.still(tabKey{whose.UserID(), in.Tab})
	}
	return Polled{Frames: frames}, err
}

// news waits until there are frames for the client. After ctx it returns none.
func (a *API) news(ctx context.Context, sub *live.Subscription, token string, cursors map[string]core.Cursor) ([]Frame, error) {
	frames := []Frame{}
	for {
		// Not with ctx: its end must not look like a failure.
		conv, err := a.Core.Messages.Resume(context.WithoutCancel(ctx), token, cursors)
		if err != nil {
			return nil, err
		}
		frames = append(frames, a.changes(conv, len(cursors) == 0)...)
		if len(frames) > 0 {
			return frames, nil
		}
		if !sub.Wait(ctx) {
			if a.draining.Load() {
				frames = append(frames, reconnect())
			}
			return frames, nil
		}
		for _, id := range conv.IDs {
			sub.Add(live.IssueTopic(id))
		}
		for _, s := range sub.Take() {
			if isTyping(s) {
				frames = append(frames, typingFrame(s))
			}
		}
	}
}

func (a views) changes(conv core.Conversations, all bool) (frames []Frame) {
	if all {
		return []Frame{a.welcome(conv)}
	}
	for _, up := range conv.Updates {
		frames = append(frames, a.frameOf(up))
	}
	return frames
}

func (a views) welcome(conv core.Conversations) Frame {
	user := userOf(conv.User)
	return Frame{Type: "welcome", User: &user, Updates: a.updatesOf(conv.Updates)}
}
