package rejointest_test

import (
	"net/http"

	"rejoin"
	"rejoin/agentapi"
	"rejoin/store"
)

// automate makes two automations that each run once in every conversation: when it begins, and when something happens in it.
func (l *lab) automate(url string) {
	l.Helper()
	for _, in := range []agentapi.SetRule{{Name: "Begun", Trigger: rejoin.OnNewIssue}, {Name: "Changed", Trigger: rejoin.OnUpdate}} {
		in.On, in.Actions = true, []rejoin.Action{{Kind: rejoin.DoNote, Note: "{{issue.number}}"}}
		l.must(l.agent.Do(l.ctx, http.MethodPost, url+"/agent/v1/rules", in, &agentapi.Rule{}))
	}
}

// checkRules finds each automation once in the timeline of each conversation, unless its job still waits: maybe for the lease of a dead node.
func (l *lab) checkRules(s *store.Store, ids []string) {
	l.Helper()
	for _, id := range ids {
		l.must(s.Read(l.ctx, func(tx *store.Tx) error {
			events, err := tx.NewestEvents(id, rejoin.EventRule, 100)
			if err != nil {
				return err
			}
			ran := map[string]int{}
			for _, e := range events {
				ran[e.Data.Rule.Name]++
			}
			users, err := tx.LastWords(id)
			if err != nil {
				return err
			}
			_, err = tx.Job("rules", id)
			waits := err == nil
			if ran["Begun"] > 1 || ran["Changed"] > 1 || !waits && (ran["Begun"] == 0 || users.User > 1 && ran["Changed"] == 0) {
				l.Errorf("conversation %s: automations ran %v times", id, ran)
			}
			if rejoin.CodeOf(err) != rejoin.NotFound {
				return err
			}
			return nil
		}))
	}
}
