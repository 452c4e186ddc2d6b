package rejointest_test

import (
	"regexp"
	"strconv"

	"rejoin"
	"rejoin/mail"
	"rejoin/mail/mailbox"
)

// checkMessages compares what is stored with what was acknowledged: everything once, where it was said to be, in the order of
// acknowledgement per sender, and seq without gaps.
func (l *lab) checkMessages(list []conversation) {
	l.Helper()
	type place struct{ issueID, author, clientID, body string }
	found := map[place][]int64{}
	for _, c := range list {
		asks := map[rejoin.Question]int{}
		for n, m := range c.messages {
			if m.Seq != int64(n)+1 {
				l.Errorf("conversation %s: message %d has seq %d", c.issue.ID, n+1, m.Seq)
			}
			if m.Ask != rejoin.NoQuestion {
				asks[m.Ask]++
			}
			at := place{m.IssueID, m.AuthorID, m.ClientID, m.Body}
			if m.Origin == rejoin.FromUser {
				at.author = "" // the API does not tell visitors their id
			}
			found[at] = append(found[at], m.Seq)
		}
		if n := int64(len(c.messages)); c.issue.LastSeq != n {
			l.Errorf("conversation %s says that it has %d messages; it has %d", c.issue.ID, c.issue.LastSeq, n)
		}
		for q, n := range asks {
			if n > 1 {
				l.Errorf("conversation %s was asked for the %s %d times", c.issue.ID, q, n)
			}
		}
		if c.issue.UserReadSeq < l.read[c.issue.ID] {
			l.Errorf("conversation %s: the read cursor %d was acknowledged; %d is stored", c.issue.ID, l.read[c.issue.ID], c.issue.UserReadSeq)
		}
	}
	newest := map[[2]string]int64{}
	for _, a := range l.acks {
		at := place{a.issueID, "", a.clientID, a.body}
		if a.byAgent {
			at.author = l.me.Agent.ID
		}
		if seqs := found[at]; len(seqs) != 1 || seqs[0] != a.seq {
			l.Errorf("a message acknowledged as %d of %s is stored as %v", a.seq, a.issueID, seqs)
		}
		sender := [2]string{a.issueID, a.sender}
		if a.seq <= newest[sender] {
			l.Errorf("conversation %s: a later message of the same sender has seq %d, an earlier one %d", a.issueID, a.seq, newest[sender])
		}
		newest[sender] = a.seq
	}
}

// numbered marks the messages that e-mails are searched for.
var numbered = regexp.MustCompile(`\[#(\d+)#\]`)

// mailCounts says of each number in how many e-mails it is.
func mailCounts(mails []mailbox.Mail) map[int]int {
	counts := map[int]int{}
	for _, m := range mails {
		seen := map[int]bool{}
		for _, match := range numbered.FindAllStringSubmatch(m.Text, -1) {
			n, err := strconv.Atoi(match[1])
			if err == nil && !seen[n] {
				seen[n] = true
				counts[n]++
			}
		}
	}
	return counts
}

// fates counts what became of the agents' messages.
type fates struct{ mailed, folded, read, unknown, waiting int }

// checkMails finds out what became of every numbered message: mailed at most once, and if not at all, the follow-up says why.
func (l *lab) checkMails(list []conversation, mails []mailbox.Mail) (f fates) {
	l.Helper()
	counts := mailCounts(mails)
	for _, c := range list {
		for _, m := range c.messages {
			match := numbered.FindStringSubmatch(m.Body)
			if match == nil {
				continue
			}
			n, err := strconv.Atoi(match[1])
			l.must(err)
			switch why := explanation(c, m.Seq); {
			case counts[n] > 1:
				l.Errorf("message %d is in %d e-mails", n, counts[n])
			case counts[n] == 1:
				f.mailed++
			case why == "folded":
				f.folded++
			case why == "read":
				f.read++
			case why == string(rejoin.FollowUpUnknown):
				f.unknown++
			case why == "live":
				f.waiting++
			default:
				l.Errorf("message %d (seq %d of %s) was not mailed, and nothing says why: %s; read to %d, newest follow-up %+v",
					n, m.Seq, c.issue.ID, why, c.issue.UserReadSeq, c.newest)
			}
		}
	}
	return f
}

// explanation is what the conversation says about a message that is in no e-mail.
func explanation(c conversation, seq int64) string {
	covers := func(f rejoin.FollowUp) bool { return f.FromSeq <= seq && seq <= f.ToSeq }
	for _, f := range c.mailed {
		if !covers(f) {
			continue
		}
		newer := 0
		for _, m := range c.messages[seq:f.ToSeq] {
			if m.Origin.Outbound() {
				newer++
			}
		}
		if f.State == rejoin.FollowUpSent && newer >= mail.MaxQuotes {
			return "folded" // the e-mail says how many it does not show
		}
		return string(f.State) // sent would be a lie: the mailbox does not have it
	}
	switch {
	case seq <= c.issue.UserReadSeq:
		return "read"
	case c.newest.State.Live() && (covers(c.newest) || c.newest.State == rejoin.FollowUpHandingOver && seq > c.newest.ToSeq):
		return "live"
	}
	return "nothing"
}
