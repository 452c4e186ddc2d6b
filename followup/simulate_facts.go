package followup

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"

	"rejoin"
)

// learn makes one fact true.
func (s *simulation) learn(f rejoin.Fact) {
	switch f.Kind {
	case rejoin.FactPresence:
		s.user(f.UserID).presence = rejoin.Presence(f.Value)
		s.touch(s.user(f.UserID).issues...)
	case rejoin.FactAddress:
		u := s.user(f.UserID)
		u.address, u.source = f.Value, rejoin.EmailSource(f.Detail)
		s.touch(u.issues...)
	case rejoin.FactWished, rejoin.FactUnwished:
		s.learnWish(f)
	default:
		if i := s.issues[f.IssueID]; i != nil {
			s.learnOf(i, f)
			s.touch(i)
		}
	}
}

func (s *simulation) learnOf(i *simIssue, f rejoin.Fact) {
	switch f.Kind {
	case rejoin.FactWritten:
		i.out = append(i.out, outbound{seq: f.Seq, at: f.At, by: rejoin.Origin(f.Value)})
		i.begins = i.begins || f.Detail != rejoin.IdentityBotID // its questions are no reply
	case rejoin.FactTakenBack:
		for n := range i.out {
			if i.out[n].seq == f.Seq {
				i.out[n].gone = true
			}
		}
	case rejoin.FactRead:
		i.read = max(i.read, f.Seq)
	case rejoin.FactRejected:
		i.state = rejoin.Rejected
	case rejoin.FactReopened:
		i.state = rejoin.New
	case rejoin.FactMoved:
		s.move(i, f.UserID)
	case rejoin.FactHeld:
		i.held, i.sendNow = i.live, false
	case rejoin.FactReleased:
		i.held = false
	case rejoin.FactSendNow:
		i.held, i.sendNow = false, i.live
	}
}

func (s *simulation) move(i *simIssue, to string) {
	before := s.user(i.UserID)
	before.issues = slices.DeleteFunc(before.issues, func(o *simIssue) bool { return o == i })
	i.UserID = to
	after := s.user(to)
	after.issues = append(after.issues, i)
}

func (s *simulation) learnWish(f rejoin.Fact) {
	w := wish{kind: rejoin.SuppressionKind(f.Detail), appID: f.AppID, issueID: f.IssueID, address: f.Value}
	on := f.Kind == rejoin.FactWished
	if s.wishes[w] == on {
		return
	}
	s.wishes[w] = on
	if w.kind == rejoin.Mute {
		s.mute(s.issues[w.issueID], on)
		return
	}
	for _, i := range s.issues {
		if i.live && s.user(i.UserID).address == w.address {
			s.touch(i)
		}
	}
}

// mute counts: a conversation may be muted by the readers of several addresses.
func (s *simulation) mute(i *simIssue, on bool) {
	if i == nil {
		return
	}
	if on {
		i.mutes++
	} else {
		i.mutes--
	}
	s.touch(i)
}

// touch has issues decided again at the end of the act.
func (s *simulation) touch(issues ...*simIssue) {
	for _, i := range issues {
		if !i.touched {
			i.touched = true
			s.touched = append(s.touched, i)
		}
	}
}

// timers are the moments at which something is due, the next one first.
type timers struct {
	list timerHeap
	last int64
}

type timer struct {
	at      rejoin.Millis
	issueID string
	n       int64 // 1, 2, 3…
}

func (t *timers) add(at rejoin.Millis, issueID string) (n int64) {
	t.last++
	heap.Push(&t.list, timer{at, issueID, t.last})
	return t.last
}

// next takes the next timer off, if it is due by then.
func (t *timers) next(by rejoin.Millis) (timer, bool) {
	if len(t.list) == 0 || t.list[0].at > by {
		return timer{}, false
	}
	return heap.Pop(&t.list).(timer), true
}

// timerHeap implements heap.Interface.
type timerHeap []timer

func (h timerHeap) Len() int      { return len(h) }
func (h timerHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h timerHeap) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(h[i].at, h[j].at), strings.Compare(h[i].issueID, h[j].issueID)) < 0
}

// Push is for package heap.
func (h *timerHeap) Push(v any) { *h = append(*h, v.(timer)) }

// Pop is for package heap.
func (h *timerHeap) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
