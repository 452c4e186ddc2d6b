package core_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rejoin"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// mailed is one e-mail: when it went out and which messages it is about.
type mailed struct {
	At       rejoin.Millis
	From, To int64
}

// plainModel says what should happen, second by second, in the plainest words. It shares no code with the decision.
type plainModel struct {
	window, online, postpone, interval int64 // seconds
	cap                                int
	now                                int64 // seconds
	messages                           []plainMessage
	read, mailedTo                     int64
	began                              int64 // when the span began; -1 if there is none
	held, sendNow, muted, here         bool
	rejected                           bool
	mails                              []mailed
}

type plainMessage struct {
	out   bool // and not taken back
	agent bool
	at    int64
}

func (m *plainModel) unmailed() (from, to, newest int64) {
	for i, msg := range m.messages {
		seq := int64(i + 1)
		if msg.out && seq > m.read && seq > m.mailedTo {
			if from == 0 {
				from = seq
			}
			to, newest = seq, msg.at
		}
	}
	return from, to, newest
}

func (m *plainModel) end() { m.began, m.held, m.sendNow = -1, false, false }

// look sends the e-mail if now is the time.
func (m *plainModel) look() {
	from, to, newest := m.unmailed()
	if m.began >= 0 && (to == 0 || m.rejected) {
		m.end()
	}
	if m.began < 0 || m.muted || m.held && !m.sendNow {
		return
	}
	recent := 0
	for _, x := range m.mails {
		if m.now-int64(x.At)/1000 < 24*3600 {
			recent++
		}
	}
	if recent >= m.cap {
		return
	}
	if !m.sendNow {
		due := min(newest+m.window, m.began+m.postpone)
		if m.here {
			due += m.online
		}
		if n := len(m.mails); n > 0 {
			due = max(due, int64(m.mails[n-1].At)/1000+m.interval)
		}
		if m.now < due {
			return
		}
	}
	m.mails = append(m.mails, mailed{At: rejoin.Millis(m.now * 1000), From: from, To: to})
	m.mailedTo = to
	m.end()
}

func (m *plainModel) pass(seconds int64) {
	for range seconds {
		m.now++
		m.look()
	}
}

func (m *plainModel) write(out bool) {
	m.messages = append(m.messages, plainMessage{out: out, agent: out, at: m.now})
	if out && m.began < 0 {
		m.began = m.now
	}
	m.look()
}

// history drives one conversation and the model side by side.
type history struct {
	*rapid.T
	s     *rejointest.Server
	v     *rejointest.Visitor
	m     plainModel
	email string
}

func newHistory(t *rapid.T, s *rejointest.Server, n int) *history {
	h := &history{T: t, s: s, email: fmt.Sprintf("ada%d@example.org", n)}
	h.m = plainModel{
		window:   rapid.Int64Range(10, 300).Draw(t, "window"),
		online:   rapid.SampledFrom([]int64{0, 0, 20, 90}).Draw(t, "online window"),
		interval: rapid.SampledFrom([]int64{0, 0, 60, 900}).Draw(t, "interval"),
		cap:      rapid.SampledFrom([]int{1, 3, 50, 50}).Draw(t, "cap"),
		began:    -1,
	}
	maximum := rapid.SampledFrom([]int64{0, 30, 600}).Draw(t, "max postponement")
	h.m.postpone = max(maximum, h.m.window)
	if maximum == 0 {
		h.m.postpone = 6 * h.m.window
	}
	s.SetFollowUp(func(f *rejoin.FollowUpSettings) {
		f.Window, f.OnlineWindow, f.MaxPostponement = rejoin.Seconds(h.m.window), rejoin.Seconds(h.m.online), rejoin.Seconds(maximum)
		f.MinInterval, f.IssueDailyCap = rejoin.Seconds(h.m.interval), h.m.cap
	})
	h.v = s.VisitKnown("Hello", "Ada", h.email)
	h.gone()
	h.m.now = int64(s.Clock.Now()) / 1000
	for _, msg := range s.Load(h.v.Issue.ID).Messages {
		h.m.messages = append(h.m.messages, plainMessage{out: msg.Origin.Outbound(), at: int64(msg.CreatedAt) / 1000})
	}
	h.m.read = int64(len(h.m.messages))
	return h
}

func (h *history) wait(seconds int64) {
	h.s.Advance(time.Duration(seconds) * time.Second)
	h.m.pass(seconds)
}

func (h *history) gone() {
	h.presence(rejoin.PageClosed)
	h.m.here = false
}

func (h *history) presence(p rejoin.Presence) {
	if err := h.s.Core.Presence.Report(h.s.T.Context(), h.v.Token, "tab-number-1", p); err != nil {
		h.Fatal(err)
	}
	h.s.Settle()
}

// agent does what an agent may do; a conflict means that there was nothing to do.
func (h *history) agent(err error) bool {
	h.s.Settle()
	if err != nil && rejoin.CodeOf(err) != rejoin.Conflict {
		h.Fatal(err)
	}
	return err == nil
}

func (h *history) actions() map[string]func(*rapid.T) {
	ctx, issue := h.s.T.Context(), h.v.Issue.ID
	return map[string]func(*rapid.T){
		"reply": func(t *rapid.T) {
			if h.m.rejected {
				t.Skip("rejected")
			}
			h.s.Reply(h.v, fmt.Sprintf("Reply %d.", len(h.m.messages)+1))
			h.m.write(true)
		},
		"say": func(t *rapid.T) {
			if h.m.rejected {
				t.Skip("rejected")
			}
			h.v.Say("And another thing.")
			h.m.write(false)
		},
		"read": func(t *rapid.T) {
			seq := rapid.Int64Range(1, int64(len(h.m.messages))).Draw(t, "seq")
			h.v.Read(seq)
			h.m.read = max(h.m.read, seq)
			h.m.look()
		},
		"take back": func(t *rapid.T) {
			list := h.s.Load(issue).Messages
			msg := rapid.SampledFrom(list[max(0, len(list)-5):]).Draw(t, "message")
			plain := &h.m.messages[msg.Seq-1]
			if !plain.agent {
				t.Skip("only agents take back")
			}
			known := msg.Seq <= h.m.read || msg.Seq <= h.m.mailedTo
			if done := h.agent(h.s.Core.Messages.TakeBack(ctx, h.s.Maya, issue, msg.ID)); done == known && plain.out {
				t.Fatalf("message %d is taken back: %t, although it is known: %t", msg.Seq, done, known)
			}
			plain.out = plain.out && known
			h.m.look()
		},
		"hold": func(*rapid.T) {
			if h.agent(h.s.Core.FollowUps.Hold(ctx, h.s.Maya, issue)) {
				h.m.held, h.m.sendNow = true, false
			}
			h.m.look()
		},
		"release": func(*rapid.T) {
			if h.agent(h.s.Core.FollowUps.Release(ctx, h.s.Maya, issue)) {
				h.m.held = false
			}
			h.m.look()
		},
		"send now": func(*rapid.T) {
			if h.agent(h.s.Core.FollowUps.SendNow(ctx, h.s.Maya, issue)) {
				h.m.held, h.m.sendNow = false, true
			}
			h.m.look()
		},
		"reject": func(*rapid.T) {
			h.m.rejected = h.agent(h.s.Core.Issues.Close(ctx, h.s.Maya, issue, rejoin.Rejected, "")) || h.m.rejected
			h.m.look()
		},
		"reopen": func(*rapid.T) {
			h.agent(h.s.Core.Issues.Reopen(ctx, h.s.Maya, issue, ""))
			h.m.rejected = false
			h.m.look()
		},
		"come": func(*rapid.T) { h.presence(rejoin.TabHidden); h.m.here = true; h.m.look() },
		"go":   func(*rapid.T) { h.gone(); h.m.look() },
		"reply within the window": func(t *rapid.T) {
			if h.m.rejected {
				t.Skip("rejected")
			}
			h.s.Reply(h.v, "One.")
			h.m.write(true)
			h.wait(rapid.Int64Range(1, h.m.window-1).Draw(t, "seconds"))
			h.s.Reply(h.v, "And another.")
			h.m.write(true)
		},
		"wait":      func(t *rapid.T) { h.wait(rapid.Int64Range(1, 2*h.m.window).Draw(t, "seconds")) },
		"wait long": func(t *rapid.T) { h.wait(rapid.Int64Range(1, 1800).Draw(t, "seconds")) },
		"": func(t *rapid.T) {
			if d := cmp.Diff(h.m.mails, h.mails(), cmp.Transformer("second", func(m rejoin.Millis) int64 { return int64(m) / 1000 })); d != "" {
				t.Fatalf("e-mails (-plain model +engine):\n%s\n%v", d, steps(h.s.Load(issue)))
			}
		},
	}
}

func (h *history) mails() (list []mailed) {
	err := h.s.Store.Read(h.s.T.Context(), func(tx *store.Tx) error {
		all, err := tx.MailedFollowUps(h.v.Issue.ID)
		for _, f := range all {
			list = append(list, mailed{At: f.SentAt, From: f.FromSeq, To: f.ToSeq})
		}
		return err
	})
	if err != nil {
		h.Fatal(err)
	}
	return list
}

// Whatever happens in a conversation, the engine mails exactly what a second-by-second reading of the rules says, at the same second.
func TestPromise_OneDecision(t *testing.T) {
	s := rejointest.New(t, storetest.SQLite(t))
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		h := newHistory(rt, s, n)
		rt.Repeat(h.actions())
		if got, want := len(s.MailsTo(h.email)), len(h.m.mails); got != want {
			rt.Fatalf("%d e-mails arrived, want %d", got, want)
		}
	})
}
