package core

import (
	"context"
	"errors"
	"slices"
	"strings"

	"rejoin"
)

// Messages is writing, changing, reading and typing.
type Messages struct{ *env }

// UserSend is a message of a user.
type UserSend struct {
	ClientID    string
	Body        string
	Attachments []string // ids of uploaded files, at most [rejoin.MaxAttachments]; with some, the body may be empty
	Answers     int64    // seq of the bot's question that this answers; zero if it is no answer
	Skip        bool     // the user leaves that question unanswered; the body is empty then
	After       int64    // the newest seq the sender has; zero asks for nothing but the sent message
}

// Beginning is what a page gives along when a conversation begins. A zero Beginning is fine.
type Beginning struct {
	Meta        rejoin.Meta
	Language    string // code of [rejoin.Languages] that the panel speaks; empty for the browser's
	Claim       Claim  // who the page says the person is, where the session is no login yet
	Device      string // for people
	FullPrivacy bool
	Tags        []string
	Fields      map[string]GivenField
	Typed       Typed
}

// Typed is what the user has answered before the first message, where Identity Bot asks before it.
type Typed struct {
	Name    string
	Email   string
	Skipped []rejoin.Question // what they would not say
}

// Start begins a conversation with its first message. The token may be new: then an anonymous user comes with it. Repeating
// the call with the same token and ClientID returns the same conversation.
func (m *Messages) Start(ctx context.Context, token, platformID string, in UserSend, b Beginning) (up Update, err error) {
	if in, err = checkSend(in); err != nil {
		return up, err
	}
	for range startTries {
		err = m.write(ctx, func(u *unit) error {
			up, err = u.startOnce(token, platformID, in, b)
			return err
		})
		if !errors.Is(err, errAgain) {
			return up, err
		}
	}
	return up, rejoin.Errorf(rejoin.Conflict, "The same first message is being sent several times at once. Please repeat the request.")
}

// errAgain says that a transaction met its own repetition: the next try finds what that one has stored.
var errAgain = errors.New("sent twice at once")

const startTries = 3

func (u *unit) startOnce(token, platformID string, in UserSend, b Beginning) (Update, error) {
	platform, err := u.Platform(platformID)
	if err != nil {
		return Update{}, err
	}
	user, err := u.starter(token, platform, b)
	if err != nil {
		return Update{}, err
	}
	first, err := u.MessageByClientID(user.ID, in.ClientID)
	switch {
	case err == nil:
		return u.repeated(first, in, first.IssueID)
	case rejoin.CodeOf(err) != rejoin.NotFound:
		return Update{}, err
	}
	if err := u.isOpen(platform.AppID); err != nil {
		return Update{}, err
	}
	if err := u.meets(platform); err != nil {
		return Update{}, err
	}
	return u.start(token, user, platform, in, b)
}

// SendAsUser adds a message of the user. Repeating it with the same ClientID returns the first result.
func (m *Messages) SendAsUser(ctx context.Context, token, issueID string, in UserSend) (up Update, err error) {
	if in, err = checkSend(in); err != nil {
		return up, err
	}
	err = m.write(ctx, func(u *unit) error {
		s, issue, err := u.visitorsIssue(token, issueID)
		if err != nil {
			return err
		}
		up, err = u.sendAsUser(s, issue, in)
		return err
	})
	return up, err
}

func (u *unit) sendAsUser(s rejoin.UserSession, issue rejoin.Issue, in UserSend) (Update, error) {
	if in.Answers != 0 || issue.Bot.Asking == rejoin.AskAnswer { // what is sent again must not be taken for an answer to the next question
		first, err := u.MessageByClientID(s.UserID, in.ClientID)
		if rejoin.CodeOf(err) != rejoin.NotFound {
			if err != nil {
				return Update{}, err
			}
			return u.repeated(first, in, issue.ID)
		}
	}
	r, err := u.reply(&issue, s, &in)
	if err != nil {
		return Update{}, err
	}
	if err := u.wordSkip(issue, &in); err != nil {
		return Update{}, err
	}
	msg, added, err := u.addWithFiles(&issue, rejoin.Message{ClientID: in.ClientID, Origin: rejoin.FromUser, AuthorID: s.UserID, Body: in.Body},
		s.TokenHash, in.Attachments)
	if err != nil {
		return Update{}, err
	}
	if !added {
		return u.repeated(msg, in, issue.ID)
	}
	by := rejoin.Actor{Kind: rejoin.ByUser, ID: s.UserID}
	if r == nil || issue.State.Open() { // a feedback bot's answers reopen nothing
		state, err := issue.AfterUserMessage()
		if err != nil {
			return Update{}, err
		}
		if err := u.setState(&issue, state, by); err != nil {
			return Update{}, err
		}
		if state.Open() {
			issue.Ending.Closing = rejoin.NotClosing
		}
	}
	if r != nil {
		err = u.replied(&issue, s, r)
	} else {
		err = u.answer(&issue, s, in)
	}
	if err != nil {
		return Update{}, err
	}
	if err := u.markReplied(&issue, by); err != nil {
		return Update{}, err
	}
	if err := u.save(&issue); err != nil {
		return Update{}, err
	}
	return u.updateWith(issue, msg, in.After)
}

// add appends a message to the issue, or reports false and returns the earlier message with the same author and ClientID. The caller saves
// the issue.
func (u *unit) add(i *rejoin.Issue, m rejoin.Message) (rejoin.Message, bool, error) {
	m.ID, m.IssueID, m.Seq, m.CreatedAt = newID("msg"), i.ID, i.LastSeq+1, u.now
	added, err := u.AddMessage(m)
	if err != nil {
		return m, false, err
	}
	if !added {
		m, err = u.MessageByClientID(m.AuthorID, m.ClientID)
		return m, false, err
	}
	i.LastSeq, i.UpdatedAt = m.Seq, u.now
	u.news(i, rejoin.ActorKind(m.Origin), "") // origins are called as actors are
	i.Preview, i.PreviewOrigin = previewOf(m), m.Origin
	if m.Origin.Outbound() {
		i.LastOutSeq = m.Seq
	}
	return m, true, nil
}

// addWithFiles is add for a message with uploaded files. The owner is who has uploaded them.
func (u *unit) addWithFiles(i *rejoin.Issue, m rejoin.Message, owner string, ids []string) (rejoin.Message, bool, error) {
	if len(ids) == 0 {
		return u.add(i, m)
	}
	if i.FullPrivacy && m.Origin == rejoin.FromUser {
		return m, false, &rejoin.Error{Code: rejoin.Forbidden, Field: "attachments", Text: "Files cannot be sent in this conversation."}
	}
	m.Files = make([]rejoin.Attachment, len(ids))
	m, added, err := u.add(i, m)
	if err != nil || !added {
		return m, added, err
	}
	if err := u.attach(&m, owner, i.DomainID, ids); err != nil {
		return m, false, err
	}
	i.Preview = previewOf(m)
	return m, true, nil
}

// previewOf is a message on one line: its text, or the names of its files.
func previewOf(m rejoin.Message) string {
	if m.Body != "" || len(m.Files) == 0 {
		return rejoin.Preview(m.Body, 140)
	}
	names := make([]string, len(m.Files))
	for n, f := range m.Files {
		names[n] = f.Name
	}
	return rejoin.Preview(strings.Join(names, ", "), 140)
}

// repeated is the answer to a send whose client_id was used before.
func (u *unit) repeated(first rejoin.Message, in UserSend, issueID string) (Update, error) {
	if !repeats(first, in, issueID) {
		return Update{}, reusedClientID()
	}
	issue, err := u.Issue(first.IssueID)
	if err != nil {
		return Update{}, err
	}
	return u.updateWith(issue, first, in.After)
}

// repeats reports whether a send says the same as the message that has its client_id. What was changed since then cannot be compared.
func repeats(first rejoin.Message, in UserSend, issueID string) bool {
	if first.IssueID != issueID || first.Change.Version > 0 {
		return first.IssueID == issueID
	}
	return (first.Body == in.Body || in.Answers != 0) && // an answer stands in the words of what was chosen
		slices.EqualFunc(first.Files, in.Attachments, func(f rejoin.Attachment, id string) bool { return f.ID == id })
}

func reusedClientID() error {
	return &rejoin.Error{Code: rejoin.Conflict, Field: "client_id", Text: "This client_id belongs to another message. Make a new one for each message."}
}

func checkSend(in UserSend) (UserSend, error) {
	var err error
	if in.ClientID, err = rejoin.CheckClientID(in.ClientID); err != nil {
		return in, err
	}
	if len(in.Attachments) > rejoin.MaxAttachments {
		return in, rejoin.InvalidField("attachments", "A message takes %d files at most.", rejoin.MaxAttachments)
	}
	if in.Skip && (in.Answers == 0 || in.Body != "" || len(in.Attachments) > 0) {
		return in, rejoin.InvalidField("skip", "Name the question that is left unanswered in answers, and send nothing else.")
	}
	if in.Skip || len(in.Attachments) > 0 && strings.TrimSpace(in.Body) == "" {
		in.Body = ""
		return in, nil
	}
	in.Body, err = rejoin.CheckBody(in.Body)
	return in, err
}
