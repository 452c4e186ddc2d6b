package restapi

import (
	"slices"
	"strconv"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
	"rejoin/webhook"
)

// ChatIssue is a conversation as the chat API names it.
type ChatIssue struct {
	ID        string            `json:"id"` // its number, as text
	EndUserID string            `json:"end_user_id"`
	State     rejoin.IssueState `json:"state"`
	CreatedAt rejoin.Millis     `json:"created_at"`
}

// ChatIssues is somebody's conversations, the newest first.
type ChatIssues struct {
	Issues []ChatIssue `json:"issues"`
}

// ChatMessage is a message of a conversation.
type ChatMessage struct {
	ID          string               `json:"id"`
	Origin      string               `json:"origin"` // end-user or helpshift
	Type        string               `json:"type"`   // Text
	Body        string               `json:"body"`   // as it was written, not escaped
	AuthorName  string               `json:"author_name"`
	CreatedAt   rejoin.Millis        `json:"created_at"`
	Attachments []webhook.Attachment `json:"attachments,omitempty"`
}

// ChatMessages is a part of a conversation.
type ChatMessages struct {
	Messages []ChatMessage     `json:"messages"`
	State    webhook.StateData `json:"issue_state_data"`
}

func (a links) chatRoutes() []route {
	identifier := web.Parameter{Name: "identifier", Required: true, Says: "Who it is: your own id of the user, such as a telephone number, or their address.", Example: "+14155550123"}
	platform := web.Parameter{Name: "platform-id", Required: true, Says: "A platform_id of the app.", Example: "acme_platform_20260101000000000-0123456789abcde"}
	body := web.Parameter{Name: "message-body", Required: true, Says: "1 to 10,000 characters.", Example: "Hello"}
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/chat/my-issues", Name: "listChatIssues", Group: "Chat for programs", Out: ChatIssues{}, Says: "Somebody's conversations, the newest first.",
			Query: []web.Parameter{identifier, platform, {Name: "state", Kind: web.List, Says: "Only in these states."}}}, a.chatIssues},
		{web.Operation{Pattern: "POST /v1/{domain}/chat/issues", Name: "startChat", Group: "Chat for programs", Status: 201, Out: ChatIssue{},
			Says: "Begins a conversation in the name of a user, who is made if there is none. They count as logged in, since your program names them.",
			Form: []web.Parameter{platform, identifier, body}}, a.startChat},
		{web.Operation{Pattern: "POST /v1/{domain}/chat/issues/{issue}/messages/user", Name: "sayInChat", Group: "Chat for programs", Status: 201, Out: ChatMessage{},
			Says: "Adds a message of the user. Into a conversation that is over nothing can be written.",
			Form: []web.Parameter{identifier, body, {Name: "message-type", Values: []string{"Text"}, Says: "Text, which it is if it is left out."}}}, a.sayInChat},
		{web.Operation{Pattern: "GET /v1/{domain}/chat/issues/{issue}/messages", Name: "listChatMessages", Group: "Chat for programs", Out: ChatMessages{},
			Says:  "The messages of a conversation in order, at most 500. Asking does not count as reading.",
			Query: []web.Parameter{identifier, {Name: "messages-cursor", Kind: web.Number, Says: "Only messages after this moment: the created_at of the last one that is known."}}}, a.chatMessages},
	}
}

func chatIssueOf(i rejoin.Issue) ChatIssue {
	return ChatIssue{strconv.FormatInt(i.Number, 10), i.UserID, i.State, i.CreatedAt}
}

func (c call) chatUser() core.ChatUser {
	return core.ChatUser{Platform: c.text("platform-id"), Identifier: c.text("identifier")}
}

func (a links) chatIssues(c call) (any, error) {
	names, err := c.list("state")
	if err != nil {
		return nil, err
	}
	states := mapped(names, func(s string) rejoin.IssueState { return rejoin.IssueState(s) })
	known := []rejoin.IssueState{rejoin.New, rejoin.NewForAgent, rejoin.AgentReplied, rejoin.WaitingForAgent, rejoin.Resolved, rejoin.Rejected, "pending-reassignment"}
	if slices.ContainsFunc(states, func(s rejoin.IssueState) bool { return !slices.Contains(known, s) }) {
		return nil, rejoin.InvalidField("state", "The states are new, new-for-agent, agent-replied, waiting-for-agent, resolved and rejected.")
	}
	list, err := a.Core.ProgramChat.Issues(c.r.Context(), c.agent, c.chatUser(), states)
	if err != nil {
		return nil, err
	}
	return ChatIssues{mapped(list, chatIssueOf)}, nil
}

func (a links) startChat(c call) (any, error) {
	once, err := c.once(uploads{})
	if err != nil {
		return nil, err
	}
	issue, err := a.Core.ProgramChat.Start(c.r.Context(), c.agent, c.chatUser(), once, c.text("message-body"))
	if err != nil {
		return nil, err
	}
	return created{chatIssueOf(issue)}, nil
}

func (a links) sayInChat(c call) (any, error) {
	if kind := c.text("message-type"); kind != "" && kind != "Text" {
		return nil, rejoin.InvalidField("message-type", "The message-type is Text.")
	}
	once, err := c.once(uploads{})
	if err != nil {
		return nil, err
	}
	m, err := a.Core.ProgramChat.Say(c.r.Context(), c.agent, c.r.PathValue("issue"), c.text("identifier"), once, c.text("message-body"))
	if err != nil {
		return nil, err
	}
	return created{a.chatMessageOf(m)}, nil
}

func (a links) chatMessageOf(m rejoin.Message) ChatMessage {
	shared := webhook.MessageOf("", m, webhook.Author{}, a.fileURL)
	return ChatMessage{ID: m.ID, Origin: shared.Origin, Type: "Text", Body: m.Body, AuthorName: m.AuthorName, CreatedAt: m.CreatedAt, Attachments: shared.Attachments}
}

func (a links) chatMessages(c call) (any, error) {
	after, err := c.millis("messages-cursor")
	if err != nil {
		return nil, err
	}
	issue, list, err := a.Core.ProgramChat.Messages(c.r.Context(), c.agent, c.r.PathValue("issue"), c.text("identifier"), after)
	if err != nil {
		return nil, err
	}
	return ChatMessages{mapped(list, a.chatMessageOf), webhook.StateData{ChangedAt: issue.StateChangedAt, State: issue.State}}, nil
}
