package core_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rejoin"
	"rejoin/core"
	"rejoin/mail"
	"rejoin/mail/mailbox"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// hazard is what goes wrong with the next delivery.
type hazard string

const (
	nothing          hazard = "nothing"
	crashBeforeTalk  hazard = "crash before the dialogue"
	crashBeforeDot   hazard = "crash after committing the hand-over, before the dot"
	crashAfterAnswer hazard = "crash after the server's answer, before it is written down"
)

var errCrash = errors.New("the process died here")

// stage stands between the engine and the SMTP dialogue. What follows a crash does not happen: the attempt ends there, and the job comes
// back later.
type stage struct {
	core.Mailer
	hazard    hazard
	beforeDot func()             // happens elsewhere while the dialogue runs
	afterDot  func()             // happens elsewhere between the commit of the hand-over and the dot
	handed    func(mail.Message) // the hand-over is committed
}

func (s *stage) Deliver(ctx context.Context, m mail.Message, beforeDot func(context.Context) error) mail.Result {
	now := *s
	s.hazard, s.beforeDot, s.afterDot = nothing, nil, nil
	if now.hazard == crashBeforeTalk {
		return mail.Result{Outcome: mail.Aborted, Err: errCrash}
	}
	r := now.Mailer.Deliver(ctx, m, func(ctx context.Context) error {
		if now.beforeDot != nil {
			now.beforeDot()
		}
		if err := beforeDot(ctx); err != nil {
			return err
		}
		s.handed(m)
		if now.afterDot != nil {
			now.afterDot()
		}
		if now.hazard == crashBeforeDot {
			return errCrash
		}
		return nil
	})
	if now.hazard == crashAfterAnswer {
		return mail.Result{Outcome: mail.Aborted, Err: errCrash}
	}
	return r
}

// crashes is one conversation on two nodes on which everything goes wrong.
type crashes struct {
	*rapid.T
	nodes  [2]*rejointest.Server
	stage  [2]*stage
	v      *rejointest.Visitor
	email  string
	read   int64
	last   int64
	outSeq []int64
	bodies map[int64]string // what agents have written, by seq; empty for what was taken back
}

func (c *crashes) node() *rejointest.Server {
	return c.nodes[rapid.IntRange(0, 1).Draw(c.T, "node")]
}

// settle runs due jobs on one node; a crashed attempt's error is the job's, not the test's.
func (c *crashes) settle(s *rejointest.Server) {
	if _, err := s.Runner.RunDue(s.T.Context()); err != nil {
		c.Fatal(err)
	}
}

func (c *crashes) reply(s *rejointest.Server) {
	c.last++
	c.bodies[c.last] = fmt.Sprintf("This is message <%d>.", c.last)
	err := s.Core.Messages.SendAsAgent(s.T.Context(), s.Maya, c.v.Issue.ID, s.NewClientID(), c.bodies[c.last])
	if err != nil {
		c.Fatal(err)
	}
	c.outSeq = append(c.outSeq, c.last)
}

// edit gives a message another text, or takes it back, unless it is too late.
func (c *crashes) edit(s *rejointest.Server, seq int64, body string) {
	if c.bodies[seq] == "" {
		return
	}
	var id string
	for _, m := range s.Load(c.v.Issue.ID).Messages {
		if m.Seq == seq {
			id = m.ID
		}
	}
	if id == "" {
		return // it is on an older page by now
	}
	var err error
	if body == "" {
		err = s.Core.Messages.TakeBack(s.T.Context(), s.Maya, c.v.Issue.ID, id)
	} else {
		err = s.Core.Messages.Edit(s.T.Context(), s.Maya, c.v.Issue.ID, id, body, c.bodies[seq])
	}
	switch {
	case rejoin.CodeOf(err) == rejoin.Conflict:
	case err != nil:
		c.Fatal(err)
	default:
		c.bodies[seq] = body
	}
}

// handedOver is called when the hand-over of an e-mail is committed: it must say what stands.
func (c *crashes) handedOver(m mail.Message) {
	if m.To != c.email {
		return
	}
	for _, seq := range seqs(m.Text) {
		if seq <= c.read {
			c.Fatalf("message %d is handed over although %d is read", seq, c.read)
		}
		if c.bodies[seq] == "" || !strings.Contains(m.Text, c.bodies[seq]) {
			c.Fatalf("message %d, which is %q now, is handed over in\n%s", seq, c.bodies[seq], m.Text)
		}
	}
}

func (c *crashes) readTo(s *rejointest.Server, seq int64) {
	if _, err := s.Core.Messages.ReadAsUser(s.T.Context(), c.v.Token, c.v.Issue.ID, seq); err != nil {
		c.Fatal(err)
	}
	c.read = max(c.read, seq)
}

// meanwhile draws something that happens elsewhere during a dialogue.
func (c *crashes) meanwhile(label string) func() {
	other := c.node()
	switch rapid.SampledFrom([]string{"nothing", "reply", "read", "edit", "take back", "other node"}).Draw(c.T, label) {
	case "edit":
		return func() { c.edit(other, c.last, fmt.Sprintf("This is message <%d>, edited %s.", c.last, label)) }
	case "take back":
		return func() { c.edit(other, c.last, "") }
	case "reply":
		return func() { c.reply(other) }
	case "read":
		return func() { c.readTo(other, c.last) }
	case "other node":
		return func() { // so late that the lease is over
			other.Clock.Advance(3 * time.Minute)
			c.settle(other)
		}
	}
	return nil
}

func (c *crashes) setHazard(*rapid.T) {
	for _, st := range c.stage {
		st.hazard = rapid.SampledFrom([]hazard{nothing, crashBeforeTalk, crashBeforeDot, crashAfterAnswer}).Draw(c.T, "hazard")
		st.beforeDot, st.afterDot = c.meanwhile("before the dot"), c.meanwhile("after the commit")
	}
}

// setFault makes the mail server misbehave in the next dialogue.
func (c *crashes) setFault(*rapid.T) {
	step := rapid.SampledFrom([]mailbox.Step{mailbox.StepHello, mailbox.StepMail, mailbox.StepRcpt, mailbox.StepDot, mailbox.StepStored}).Draw(c.T, "step")
	answer := rapid.SampledFrom([]int{0, 451, 550}).Draw(c.T, "answer")
	used := false
	c.nodes[0].Mailbox.SetFault(func(at mailbox.Step) error {
		if at != step || used || step == mailbox.StepStored && answer != 0 {
			return nil
		}
		used = true
		if answer == 0 {
			return mailbox.ErrDrop
		}
		return mailbox.Reply(answer, "says the test")
	})
}

var quoted = regexp.MustCompile(`This is message <(\d+)>`)

func seqs(text string) (list []int64) {
	for _, m := range quoted.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.ParseInt(m[1], 10, 64)
		list = append(list, n)
	}
	return list
}

func (c *crashes) check(*rapid.T) {
	times := map[int64]int{}
	for _, m := range c.nodes[0].MailsTo(c.email) {
		for _, seq := range seqs(m.Text) {
			if times[seq]++; times[seq] > 1 {
				c.Fatalf("message %d was mailed twice: %v", seq, steps(c.nodes[0].Load(c.v.Issue.ID)))
			}
		}
	}
}

func (c *crashes) actions() map[string]func(*rapid.T) {
	return map[string]func(*rapid.T){
		"reply": func(*rapid.T) { s := c.node(); c.reply(s); c.settle(s) },
		"edit": func(t *rapid.T) {
			seq := rapid.Int64Range(1, c.last).Draw(t, "seq")
			c.edit(c.node(), seq, fmt.Sprintf("This is message <%d>, edition %d.", seq, rapid.IntRange(1, 9).Draw(t, "edition")))
		},
		"take back": func(*rapid.T) { c.edit(c.node(), c.last, "") },
		"read":      func(t *rapid.T) { c.readTo(c.node(), rapid.Int64Range(1, c.last).Draw(t, "seq")) },
		"send now": func(*rapid.T) {
			s := c.node()
			if err := s.Core.FollowUps.SendNow(s.T.Context(), s.Maya, c.v.Issue.ID); err != nil && rejoin.CodeOf(err) != rejoin.Conflict {
				c.Fatal(err)
			}
			c.settle(s)
		},
		"hazard": c.setHazard,
		"fault":  c.setFault,
		"everything at once": func(t *rapid.T) {
			s := c.node()
			c.setHazard(t)
			if rapid.Bool().Draw(t, "with a fault") {
				c.setFault(t)
			}
			c.reply(s)
			if err := s.Core.FollowUps.SendNow(s.T.Context(), s.Maya, c.v.Issue.ID); err != nil && rejoin.CodeOf(err) != rejoin.Conflict {
				c.Fatal(err)
			}
			c.settle(s)
		},
		"wait": func(t *rapid.T) {
			c.nodes[0].Clock.Advance(time.Duration(rapid.IntRange(1, 1200).Draw(t, "seconds")) * time.Second)
			c.settle(c.node())
		},
		"clock jumps back": func(t *rapid.T) {
			c.nodes[0].Clock.Advance(-time.Duration(rapid.IntRange(1, 600).Draw(t, "seconds")) * time.Second)
			c.settle(c.node())
		},
		"": c.check,
	}
}

// calm lets everything come to rest: no more faults, plenty of time. Then each unread message was mailed, or it is known why not.
func (c *crashes) calm() {
	s := c.nodes[0]
	s.Mailbox.SetFault(nil)
	for _, st := range c.stage {
		st.hazard, st.beforeDot, st.afterDot = nothing, nil, nil
	}
	s.Advance(48 * time.Hour)
	c.check(c.T)
	letters := map[string]int{}
	for _, m := range s.MailsTo(c.email) {
		if letters[m.MessageID]++; letters[m.MessageID] > 1 {
			c.Fatalf("the e-mail %s arrived twice", m.MessageID)
		}
	}
	// A long span is quoted in part: the follow-up says which messages an e-mail stands for.
	arrived := map[int64]bool{}
	for _, f := range followUps(s, c.v.Issue.ID) {
		for seq := f.FromSeq; letters[f.MessageID] > 0 && seq <= f.ToSeq; seq++ {
			if arrived[seq] {
				c.Fatalf("two e-mails stand for message %d", seq)
			}
			arrived[seq] = true
		}
	}
	excused := func(seq int64) bool {
		for _, f := range followUps(s, c.v.Issue.ID) {
			if seq >= f.FromSeq && seq <= f.ToSeq && (f.State == rejoin.FollowUpUnknown || f.State == rejoin.FollowUpFailed) {
				return true
			}
		}
		return seq <= c.read || c.bodies[seq] == ""
	}
	for _, seq := range c.outSeq {
		if !arrived[seq] && !excused(seq) {
			c.Fatalf("message %d is unread (cursor %d), was not mailed, and nobody knows why: %v", seq, c.read, steps(s.Load(c.v.Issue.ID)))
		}
	}
}

// followUps are the conversation's follow-ups, each once.
func followUps(s *rejointest.Server, issueID string) (list []rejoin.FollowUp) {
	seen := map[string]bool{}
	for _, e := range s.Load(issueID).Events {
		if e.Kind != rejoin.EventFollowUp || seen[e.Data.FollowUp.ID] {
			continue
		}
		seen[e.Data.FollowUp.ID] = true
		err := s.Store.Read(s.T.Context(), func(tx *store.Tx) error {
			f, err := tx.FollowUp(e.Data.FollowUp.ID)
			list = append(list, f)
			return err
		})
		if err != nil {
			s.T.Fatal(err)
		}
	}
	return list
}

// Whatever crashes, jumps, refuses or happens at the same time, on two nodes: no message is mailed twice, none is mailed that was read
// before the hand-over was committed, what is mailed is what stands then, and none is forgotten.
func TestPromise_AtMostOneEmailPerSpan(t *testing.T) {
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		stages := [2]*stage{{hazard: nothing}, {hazard: nothing}}
		stand := func(i int) rejointest.Option {
			return rejointest.WithMailer(func(m core.Mailer) core.Mailer { stages[i].Mailer = m; return stages[i] })
		}
		first := rejointest.New(t, st, stand(0))
		nodes := [2]*rejointest.Server{first, first.Another(stand(1))}
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			if n++; n > 40 && st.Engine() == "postgres" {
				return // each step costs round trips there; the histories of SQLite are as many as ever
			}
			c := &crashes{T: rt, nodes: nodes, stage: stages, email: fmt.Sprintf("ada%d@example.org", n), bodies: map[int64]string{}}
			for _, st := range stages {
				st.hazard, st.beforeDot, st.afterDot = nothing, nil, nil
				st.handed = c.handedOver
			}
			first.Mailbox.SetFault(nil)
			c.v = first.VisitKnown("Hello", "Ada", c.email)
			c.last = c.v.Last()
			c.read = c.last
			rt.Repeat(c.actions())
			c.calm()
		})
	})
}
