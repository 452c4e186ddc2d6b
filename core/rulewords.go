package core

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"rejoin"
)

// ruleChanges are the lines of the audit log about a rule.
func (u *unit) ruleChanges(was, now rejoin.Rule) ([]string, error) {
	names, err := u.names(now.DomainID)
	if err != nil {
		return nil, err
	}
	lines := changes("Name", was.Name, now.Name, "Runs on", string(was.Trigger), string(now.Trigger), "Switched", onOff(was.On), onOff(now.On),
		"More than once", onOff(was.Repeat), onOff(now.Repeat))
	lines = append(lines, listChanges("Condition", was.All, now.All, names.conditionWords)...)
	lines = append(lines, listChanges("One of", was.Any, now.Any, names.conditionWords)...)
	return append(lines, listChanges("Action", was.Actions, now.Actions, names.actionWords)...), nil
}

// listChanges is a line for each place of a list that has changed. Words may leave out what is long or secret: that it is another one is said all the same.
func listChanges[T any](label string, was, now []T, words func(T) string) (lines []string) {
	for n := range max(len(was), len(now)) {
		before, wordsBefore := wordsAt(was, n, words)
		after, wordsAfter := wordsAt(now, n, words)
		place := label + " " + strconv.Itoa(n+1)
		if before != after && wordsBefore == wordsAfter {
			lines = append(lines, place+": "+orNone(wordsAfter)+", with other content")
		}
		lines = append(lines, changes(place, wordsBefore, wordsAfter)...)
	}
	return lines
}

// wordsAt is what is at a place of a list, whole and in words; empty beyond its end.
func wordsAt[T any](list []T, n int, words func(T) string) (whole, said string) {
	if n >= len(list) {
		return "", ""
	}
	text, err := json.Marshal(list[n])
	if err != nil {
		panic(err) // texts and numbers cannot fail
	}
	return string(text), words(list[n])
}

func (n domainNames) conditionWords(c rejoin.Condition) string {
	values := make([]string, len(c.Values))
	for i, v := range c.Values {
		values[i] = n.named(c.Subject, v)
	}
	words := strings.Join(strings.Fields(string(c.Subject)+" "+c.Key+" "+string(c.Op)+" "+strings.Join(values, "|")), " ")
	if c.For > 0 {
		words += " " + strconv.FormatInt(int64(c.For), 10) + " s"
	}
	return words
}

// actionWords leaves the path of an address out: it may be a secret.
func (n domainNames) actionWords(a rejoin.Action) string {
	about := ""
	switch a.Kind {
	case rejoin.DoAssign:
		about = n.named(rejoin.OnAssignee, a.AgentID)
	case rejoin.DoQueue:
		about = n.named(rejoin.OnQueue, a.QueueID)
	case rejoin.DoStartBot:
		if b := find(n.bots, func(b rejoin.Bot) bool { return b.ID == a.BotID }); b != nil {
			about = b.Name
		}
	case rejoin.DoAddTags, rejoin.DoRemoveTags:
		about = strings.Join(a.Tags, "|")
	case rejoin.DoSetField:
		about = a.Field + " " + a.Value
	case rejoin.DoMessage:
		about = fmt.Sprintf("%s (%d translations)", rejoin.Preview(a.Text.Text, 80), len(a.Text.In))
	case rejoin.DoNote:
		about = a.Note
	case rejoin.DoWebhook:
		about = hostOf(a.URL)
	}
	return strings.TrimSpace(string(a.Kind) + " " + about)
}
