package agentapi

import (
	"time"

	"rejoin/core"
	"rejoin/live"
)

// Who looks at an issue says so when they come, every announceEvery, and when they go. Nothing is stored. Who hears somebody come answers, so that the
// newcomer learns who is there, but not more often than answerEvery.
const (
	announceEvery = 20 * time.Second
	answerEvery   = time.Second
)

// arrive tells the colleagues who look at the watched issue, and asks who they are.
func (l *line) arrive() {
	l.sub.Add(live.AgentsTopic(l.watched))
	l.announce(true)
}

// leave stops following the watched issue, if there is one, and tells the colleagues.
func (l *line) leave() {
	if l.watched == "" {
		return
	}
	l.sub.Remove(live.IssueTopic(l.watched))
	l.sub.Remove(live.AgentsTopic(l.watched))
	if l.later != nil { // else nobody was told of us
		l.later()
		l.later = nil
		l.publish(live.Signal{Gone: true})
	}
	l.watched = ""
}

// announce says that the agent looks at the watched issue, now and again later.
func (l *line) announce(asks bool) {
	l.announced = l.api.Clock.Now()
	l.publish(live.Signal{Asks: asks})
	l.announceIn(announceEvery)
}

// announceIn puts the next announcement off to then.
func (l *line) announceIn(d time.Duration) {
	if l.later != nil {
		l.later()
	}
	issue := l.watched
	l.later = l.api.Clock.AfterFunc(d, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.watched == issue && l.later != nil {
			l.announce(false)
		}
	})
}

// answer announces the agent to somebody who has just come.
func (l *line) answer() {
	if wait := answerEvery - l.api.Clock.Now().Sub(l.announced); wait > 0 {
		l.announceIn(wait)
		return
	}
	l.announce(false)
}

func (l *line) publish(s live.Signal) {
	s.Topic, s.Kind, s.IssueID, s.ActorID, s.Name = live.AgentsTopic(l.watched), live.Viewing, l.watched, l.agent.ID, l.agent.Name
	l.api.Hub.Publish(s)
}

// meet tells the client of a colleague who looks at the watched issue, types in it, or has gone. Where the agent themselves has left it in another
// window, the colleagues hear that this one still looks.
func (l *line) meet(s live.Signal) {
	if s.ActorID != l.agent.ID {
		l.send(Frame{Type: "viewing", IssueID: s.IssueID, Colleague: &Colleague{AgentID: s.ActorID, Name: s.Name, Typing: s.Kind == live.Typing, Gone: s.Gone}})
	}
	if s.Asks && s.ActorID != l.agent.ID || s.Gone && s.ActorID == l.agent.ID {
		l.answer()
	}
}

// watching is where the client's watched issue stands.
func watching(in Watch) core.ThreadCursor {
	return core.ThreadCursor{Seq: in.Seq, Event: in.EventN, Version: in.Version}
}
