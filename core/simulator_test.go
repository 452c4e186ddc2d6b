package core_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/followup"
	"rejoin/mail"
	"rejoin/rejointest"
	"rejoin/store"
	"rejoin/store/storetest"
)

// letters is a mail server that takes everything at once and keeps what it was given.
type letters struct{ list []mail.Message }

func (l *letters) Deliver(ctx context.Context, m mail.Message, beforeDot func(context.Context) error) mail.Result {
	if err := beforeDot(ctx); err != nil {
		return mail.Result{Outcome: mail.Aborted, Err: err}
	}
	l.list = append(l.list, m)
	return mail.Result{Outcome: mail.Accepted, Response: "250 taken"}
}

var wishLink = regexp.MustCompile(`/m/([A-Za-z0-9_-]{43})`)

// lives is a random history of a few people with several conversations and few addresses, so that limits, logins and wishes meet.
type lives struct {
	*testing.T
	*rand.Rand
	s        *rejointest.Server
	box      *letters
	n        int
	settings rejoin.FollowUpSettings
	signed   bool // the app asks for signatures
	present  bool // the app detects presence
	talks    []*talk
	since    rejoin.Millis
	wishes   []pressed
	log      []string
}

// talk is one conversation.
type talk struct {
	*rejointest.Visitor
	anonymous bool
	tab       string
}

func (l *lives) note(format string, args ...any) {
	l.log = append(l.log, fmt.Sprintf("%8.3f ", float64(l.s.Clock.Now()-l.since)/1000)+fmt.Sprintf(format, args...))
}

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

func (l *lives) begin() {
	l.since = l.s.Clock.Now()
	l.s.SetVerification(false)
	if l.signed = l.IntN(2) == 0; l.signed {
		if l.IntN(2) == 0 {
			l.visitNamed(core.Claim{UserID: fmt.Sprintf("u1-%d", l.n), Email: l.address()}) // nobody has signed that
		}
		l.s.SetVerification(true)
	}
	page, err := l.s.Core.Apps.Page(l.Context(), l.s.Maya, l.s.Made.App.ID)
	if err != nil {
		l.Fatal(err)
	}
	web := page.App.Settings.WebChat
	l.present = l.IntN(4) > 0
	web.PresenceDetection = l.present
	f := &web.FollowUp
	f.Window = rejoin.Seconds(10 + l.IntN(300))
	f.OnlineWindow = pick[rejoin.Seconds](l.Rand, 0, 0, 20, 90, 4000)
	f.MaxPostponement = pick[rejoin.Seconds](l.Rand, 0, 30, 600)
	f.MinInterval = pick[rejoin.Seconds](l.Rand, 0, 0, 60, 900, 100000)
	f.IssueDailyCap = pick(l.Rand, 1, 2, 50)
	f.AddressDailyCap = pick(l.Rand, 2, 3, 50)
	f.TypedDailyCap = pick(l.Rand, 1, 2, f.AddressDailyCap)
	l.settings = *f
	if _, err := l.s.Core.Apps.SetWebChat(l.Context(), l.s.Maya, l.s.Made.App.ID, web, page.Platform.AllowedOrigins); err != nil {
		l.Fatal(err)
	}
	l.s.Settle()
	l.note("settings %+v, signed %v, presence %v", l.settings, l.signed, l.present)
	l.visit()
}

func (l *lives) address() string {
	return fmt.Sprintf("%s.%d@example.org", pick(l.Rand, "ada", "ada", "bo"), l.n)
}

func (l *lives) claim() core.Claim {
	id, email := fmt.Sprintf("%s-%d", pick(l.Rand, "u1", "u2"), l.n), l.address()
	if l.signed {
		return l.s.Signed(id, email)
	}
	return core.Claim{UserID: id, Email: email}
}

// visit begins a conversation: somebody anonymous, somebody who is logged in, or somebody here once more.
func (l *lives) visit() {
	t := &talk{tab: fmt.Sprintf("tab-%d-%d-of-it", l.n, len(l.talks))}
	switch l.IntN(5) {
	case 0:
		l.visitNamed(l.claim())
		return
	case 1:
		if len(l.talks) > 0 {
			v := pick(l.Rand, l.talks...)
			if up, err := l.s.Core.Messages.Start(l.Context(), v.Token, l.s.Made.Platform.ID, core.UserSend{ClientID: l.s.NewClientID(), Body: "More"}, core.Beginning{}); err == nil {
				again := *v.Visitor
				again.Issue = up.Issue
				t.Visitor, t.anonymous = &again, v.anonymous
				l.s.Settle()
				break
			}
		}
		fallthrough
	case 2:
		t.Visitor, t.anonymous = l.s.Visit("Hello"), true
	default:
		t.Visitor, t.anonymous = l.s.VisitKnown("Hello", "Ada", l.address()), true
	}
	l.talks = append(l.talks, t)
	l.note("talk %d begins", len(l.talks)-1)
}

func (l *lives) visitNamed(c core.Claim) {
	v := l.s.VisitAs(c, "Hello", core.Beginning{FullPrivacy: l.IntN(6) == 0})
	l.talks = append(l.talks, &talk{Visitor: v, tab: fmt.Sprintf("tab-%d-%d-of-it", l.n, len(l.talks))})
	l.note("talk %d begins as %s %s", len(l.talks)-1, c.UserID, c.Email)
}

// tolerate lets refusals pass that say that there was nothing to do.
func (l *lives) tolerate(err error) {
	l.Helper()
	if rejoin.CodeOf(err) == "" && err != nil {
		l.Fatal(err)
	}
	l.s.Settle()
}

func (l *lives) step() {
	ctx, s, c := l.Context(), l.s, l.s.Core
	n := l.IntN(len(l.talks))
	t := l.talks[n]
	switch k := l.IntN(28); k {
	case 0, 1, 2, 3, 4:
		l.note("%d reply", n)
		l.tolerate(c.Messages.SendAsAgent(ctx, s.Maya, t.Issue.ID, s.NewClientID(), "A reply."))
	case 5:
		l.note("%d say", n)
		l.tolerate(t.Send(core.UserSend{ClientID: s.NewClientID(), Body: "And another thing."}))
	case 6, 7:
		bot := s.Load(t.Issue.ID).Issue.Bot
		text := map[rejoin.Question]string{rejoin.AskName: "Ada", rejoin.AskEmail: l.address(), rejoin.AskAnswer: pick(l.Rand, "well", l.address())}[bot.Asking]
		l.note("%d answer %q %q", n, bot.Asking, text)
		l.tolerate(t.Send(core.UserSend{ClientID: s.NewClientID(), Body: text, Answers: bot.AskedSeq}))
	case 8, 9:
		seq := 1 + l.Int64N(s.Load(t.Issue.ID).Issue.LastSeq)
		l.note("%d read %d", n, seq)
		_, err := c.Messages.ReadAsUser(ctx, t.Token, t.Issue.ID, seq)
		l.tolerate(err)
	case 10, 11, 12:
		l.steer(n, t, k)
	case 13, 14:
		p := pick(l.Rand, rejoin.Active, rejoin.TabHidden, rejoin.PageClosed)
		l.note("%d presence %s", n, p)
		l.tolerate(c.Presence.Report(ctx, t.Token, t.tab, p))
	case 15:
		to := pick(l.Rand, rejoin.Resolved, rejoin.Resolved, rejoin.Rejected)
		l.note("%d close %s", n, to)
		l.tolerate(c.Issues.Close(ctx, s.Maya, t.Issue.ID, to, ""))
	case 16:
		l.note("%d reopen", n)
		l.tolerate(c.Issues.Reopen(ctx, s.Maya, t.Issue.ID, ""))
	case 17:
		l.wish()
	case 18:
		l.login(n, t)
	case 20:
		l.takeBack(n, t)
	case 21:
		l.note("%d a bot begins", n)
		l.tolerate(c.Bots.StartOn(ctx, s.Maya, t.Issue.ID, l.bot()))
	case 19:
		if len(l.talks) < 5 {
			l.visit()
		}
	default:
		l.wait()
	}
}

// bot is one that says several things and asks for an address. It is made once.
func (l *lives) bot() string {
	list, err := l.s.Core.Bots.List(l.Context(), l.s.Maya)
	if err != nil {
		l.Fatal(err)
	}
	if len(list) > 0 {
		return list[0].ID
	}
	return publish(l.s, "Chatty", rejoin.CustomBot,
		rejoin.Step{ID: "hello", Kind: rejoin.StepMessage, Text: text("Hello!")},
		rejoin.Step{ID: "ask", Kind: rejoin.StepQuestion, Input: rejoin.InputEmail, SaveTo: "email", Skip: true, Text: text("Your address?")},
		rejoin.Step{ID: "thanks", Kind: rejoin.StepMessage, Text: text("Thank you.")},
		rejoin.Step{ID: "again", Kind: rejoin.StepQuestion, Input: rejoin.InputText, Text: text("Anything else?")}).ID
}

func (l *lives) steer(n int, t *talk, how int) {
	f := l.s.Core.FollowUps
	do := map[int]func(context.Context, rejoin.Agent, string) error{10: f.Hold, 11: f.Release, 12: f.SendNow}[how]
	l.note("%d steer %d", n, how)
	l.tolerate(do(l.Context(), l.s.Maya, t.Issue.ID))
}

// takeBack takes the newest message back that an agent has written. A moment passes: of that no act is kept.
func (l *lives) takeBack(n int, t *talk) {
	l.s.Advance(time.Millisecond)
	for _, m := range slices.Backward(l.s.Load(t.Issue.ID).Messages) {
		if m.Origin == rejoin.FromAgent && m.Standing() {
			l.note("%d take back %d", n, m.Seq)
			l.tolerate(l.s.Core.Messages.TakeBack(l.Context(), l.s.Maya, t.Issue.ID, m.ID))
			l.s.Advance(time.Millisecond)
			return
		}
	}
}

// pressed is a button of an e-mail's small print.
type pressed struct {
	token string
	kind  rejoin.SuppressionKind
}

// wish takes a random e-mail and presses a button of its small print, or takes back what was pressed before.
func (l *lives) wish() {
	if len(l.box.list) == 0 || l.IntN(3) == 0 {
		return
	}
	b := pressed{wishLink.FindStringSubmatch(pick(l.Rand, l.box.list...).Text)[1], pick(l.Rand, rejoin.Mute, rejoin.Mute, rejoin.Unsubscribe, rejoin.NotMe)}
	on := len(l.wishes) == 0 || l.IntN(3) == 0
	if !on {
		b = pick(l.Rand, l.wishes...)
	} else if b.kind != rejoin.NotMe { // that cannot be taken back
		l.wishes = append(l.wishes, b)
	}
	l.note("wish %s %v", b.kind, on)
	l.tolerate(l.s.Core.Wishes.Set(l.Context(), b.token, b.kind, on))
}

// login lets somebody log in, who takes an anonymous person's conversations along.
func (l *lives) login(n int, t *talk) {
	c := l.claim()
	_, token := l.s.Identify(c, t.Token)
	l.note("%d login %s %s", n, c.UserID, c.Email)
	if t.anonymous {
		for _, o := range l.talks {
			if o.Token == t.Token && o != t {
				o.Token, o.anonymous = token, false
			}
		}
		t.Token, t.anonymous = token, false
	}
}

func (l *lives) wait() {
	most := pick(l.Rand, int64(l.settings.Window)*2, int64(l.settings.Window)*2, 1800, 24*3600)
	d := time.Duration(1+l.Int64N(most*1000)) * time.Millisecond
	l.s.Advance(d)
	l.note("wait %s", d)
}

// mailedInFact is what the engine has mailed since the history began.
func (l *lives) mailedInFact(p store.Past) (list []followup.PastMail) {
	l.read(func(tx *store.Tx) error {
		mailed, err := tx.PastMails(p, l.since)
		for _, f := range mailed {
			list = append(list, followup.PastMail{IssueID: f.IssueID, At: f.SentAt, FromSeq: f.FromSeq, ToSeq: f.ToSeq, Address: f.Address, Reason: f.Reason, Postponed: f.Postponed})
		}
		return err
	})
	return list
}

func (l *lives) read(f func(*store.Tx) error) {
	l.Helper()
	if err := l.s.Store.Read(l.Context(), f); err != nil {
		l.Fatal(err)
	}
}

// simulated is what the simulator says about the same history.
func (l *lives) simulated(p store.Past) []followup.PastMail {
	var h followup.History
	var d rejoin.Domain
	l.read(func(tx *store.Tx) error {
		issues, err := tx.PastIssues(p)
		if err != nil {
			return err
		}
		for _, i := range issues {
			h.Issues = append(h.Issues, followup.PastIssue{ID: i.ID, AppID: i.AppID, UserID: i.UserID, Private: i.Private})
		}
		if h.Facts, err = tx.PastFacts(p); err != nil {
			return err
		}
		d, err = tx.Domain(p.DomainID)
		return err
	})
	l.Shuffle(len(h.Facts), func(a, b int) { h.Facts[a], h.Facts[b] = h.Facts[b], h.Facts[a] })
	rule := followup.Rule{Policy: followup.PolicyOf(d, l.settings), SignedOnly: l.signed, NoPresence: !l.present}
	return followup.Simulate(h, map[string]followup.Rule{l.s.Made.App.ID: rule}, l.s.Clock.Now())
}

func (l *lives) live(seed uint64) (mails int) {
	l.begin()
	for range 15 + l.IntN(30) {
		l.step()
	}
	l.s.Advance(50 * time.Hour) // what waits for limits goes out
	p := store.Past{DomainID: l.s.Made.Domain.ID, Since: l.since, Limit: 1000}
	inOrder := func(a, b followup.PastMail) int { return int(a.At-b.At)*1000 + strings.Compare(a.IssueID, b.IssueID) }
	engine, simulator := l.mailedInFact(p), l.simulated(p)
	slices.SortStableFunc(engine, inOrder)
	slices.SortStableFunc(simulator, inOrder)
	if d := cmp.Diff(engine, simulator); d != "" {
		for n, t := range l.talks {
			l.Logf("talk %d is %s: %s", n, t.Issue.ID, strings.Join(steps(l.s.Load(t.Issue.ID)), " "))
		}
		l.Fatalf("History %d of seed %d: the engine mailed (-) and the simulator would have mailed (+):\n%s\nThe history, since %d:\n%s", l.n, seed, d, l.since, strings.Join(l.log, "\n"))
	}
	return len(engine)
}

// Whatever happens in the conversations of a few people, the simulator mails what the engine has mailed: the same messages, to the same address,
// in the same millisecond.
func TestSimulatorAgreesWithTheEngine(t *testing.T) {
	t.Parallel()
	const seed uint64 = 4
	t.Run("sqlite", func(t *testing.T) {
		for n := range 6 {
			agree(t, storetest.SQLite(t), seed, 20*n, 20)
		}
	})
	t.Run("postgres", func(t *testing.T) { agree(t, storetest.Open(t, storetest.Postgres(t)), seed, 1000, 8) })
}

// agree lives histories by their numbers. The store is a fresh one: settings that change have everything that waits decided again.
func agree(t *testing.T, st *store.Store, seed uint64, first, histories int) {
	t.Helper()
	box, mails := &letters{}, 0
	s := rejointest.New(t, st, rejointest.WithMailer(func(core.Mailer) core.Mailer { return box }))
	for n := first; n < first+histories; n++ {
		box.list = nil
		l := &lives{T: t, Rand: rand.New(rand.NewPCG(seed, uint64(n))), s: s, box: box, n: n}
		mails += l.live(seed)
	}
	if mails < histories {
		t.Errorf("only %d e-mails in %d histories: they show little", mails, histories)
	}
}

// trial is the app's settings as they are, over the last four weeks.
func trial(s *rejointest.Server) core.Trial {
	s.T.Helper()
	page, err := s.Core.Apps.Page(s.T.Context(), s.Maya, s.Made.App.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	return core.Trial{AppID: s.Made.App.ID, FollowUp: page.App.Settings.WebChat.FollowUp, Days: 28, Zone: "Europe/Berlin"}
}

// An administrator sees what other settings would have changed, conversation by conversation.
func TestSimulatorTellsTheDifference(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		late := s.VisitKnown("I read after twelve minutes", "Ada", "ada@example.org")
		s.Reply(late, "An answer.")
		s.Advance(12 * time.Minute)
		late.Read(late.Last())
		soon := s.VisitKnown("I read after eight minutes", "Bo", "bo@example.org")
		s.Reply(soon, "An answer.")
		s.Advance(8 * time.Minute)
		soon.Read(soon.Last())
		never := s.VisitKnown("I never read", "Cy", "cy@example.org")
		s.Reply(never, "An answer.")
		s.Advance(3 * 24 * time.Hour)
		try := func(window rejoin.Seconds) core.Simulated {
			t.Helper()
			in := trial(s)
			in.FollowUp.Window = window
			out, err := s.Core.Simulator.Try(t.Context(), s.Maya, in)
			if err != nil {
				t.Fatal(err)
			}
			sum := [2]int{}
			for _, d := range out.Days {
				sum[0], sum[1] = sum[0]+d.Mailed, sum[1]+d.Would
			}
			if sum != [2]int{out.Mailed, out.Would} || len(out.Days) != 28 || out.Conversations != 3 {
				t.Errorf("%d days with %v e-mails, %d conversations; want 28 with %d and %d, and 3", len(out.Days), sum, out.Conversations, out.Mailed, out.Would)
			}
			return out
		}
		if out := try(600); out.Mailed != 2 || out.Would != 2 || len(out.Differences) != 0 {
			t.Errorf("the same settings: %+v, want the two e-mails again", out)
		}
		if out := try(300); out.Would != 3 || out.More != 1 || out.Moved != 2 || out.Differences[1].Issue.ID != soon.Issue.ID || len(out.Differences[1].Would) != 1 {
			t.Errorf("after five minutes: %+v, want one e-mail more and two earlier", out)
		}
		if out := try(900); out.Would != 1 || out.Fewer != 1 || out.Moved != 1 {
			t.Errorf("after a quarter of an hour: %+v, want one e-mail less and one later", out)
		}
	})
}

func TestSimulatorRefuses(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		other := s.Second()
		for name, c := range map[string]struct {
			change func(*core.Trial)
			a      rejoin.Agent
			want   rejoin.Code
		}{
			"an agent":        {func(*core.Trial) {}, s.Colleague(), rejoin.Forbidden},
			"no days":         {func(i *core.Trial) { i.Days = 0 }, s.Maya, rejoin.Invalid},
			"a year":          {func(i *core.Trial) { i.Days = 365 }, s.Maya, rejoin.Invalid},
			"a bad window":    {func(i *core.Trial) { i.FollowUp.Window = 1 }, s.Maya, rejoin.Invalid},
			"an unknown zone": {func(i *core.Trial) { i.Zone = "Local" }, s.Maya, rejoin.Invalid},
			"another's app":   {func(i *core.Trial) { i.AppID = other.App.ID }, s.Maya, rejoin.NotFound},
		} {
			in := trial(s)
			c.change(&in)
			if _, err := s.Core.Simulator.Try(t.Context(), c.a, in); rejoin.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", name, err, c.want)
			}
		}
	})
}
