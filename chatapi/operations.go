package chatapi

import (
	"io"
	"net/http"

	"rejoin/docs/openapi"
	"rejoin/web"
)

// Nothing stands for an empty object.
type Nothing = empty

// Operations lists every address of the API.
func Operations() []web.Operation {
	language := web.Parameter{Name: "language", Says: "A BCP 47 tag: the language of the launcher's texts."}
	return []web.Operation{
		{Pattern: "GET /chat/v1", Name: "index", Group: "About", Says: "Tells what this is, with every address.", Out: about{}},
		{Pattern: "GET /chat/v1/openapi.json", Name: "describe", Group: "About", Says: "This description."},
		{Pattern: "GET /chat/v1/platforms/{platform}", Name: "getPlatform", Group: "The app", Query: []web.Parameter{language}, Out: Platform{},
			Says: "Tells what anybody may know of the platform before a conversation begins."},
		{Pattern: "POST /chat/v1/platforms/{platform}", Name: "glance", Group: "The app", Query: []web.Parameter{language}, In: Identity{}, Out: Platform{},
			Says: "The same, and whether a person would be taken for who they are said to be."},
		{Pattern: "POST /chat/v1/identify", Name: "identify", Group: "People", Bearer: web.MayBearer, In: Identify{}, Out: Identified{},
			Says: "Says who the person is. Send along the session that the client holds, if it holds one: it may go on."},
		{Pattern: "POST /chat/v1/logout", Name: "logout", Group: "People", Bearer: web.MustBearer, In: Nothing{}, Out: Nothing{}, Says: "Ends the session, and closes its sockets."},
		{Pattern: "POST /chat/v1/user/identities", Name: "addIdentities", Group: "People", Bearer: web.MustBearer, In: AddIdentities{}, Out: Outcome{},
			Says: "Adds identities to a person who is logged in by a JWT."},
		{Pattern: "POST /chat/v1/user/data", Name: "setUserData", Group: "People", Bearer: web.MustBearer, In: UserData{}, Out: Outcome{},
			Says: "Tells more about a person who is logged in by a JWT."},
		{Pattern: "POST /chat/v1/attachments", Name: "upload", Group: "Conversations", Bearer: web.MustBearer, In: web.File{}, Out: Attachment{},
			Query: []web.Parameter{{Name: "platform", Says: "The platform's id.", Required: true}, {Name: "name", Says: "The file's name.", Required: true},
				{Name: "client_id", Says: "Marks the upload: a repeat with the same one returns the first result.", Required: true}},
			Says: "Uploads a file. A message that names its id sends it; what is not sent within a day is dropped."},
		{Pattern: "POST /chat/v1/issues", Name: "start", Group: "Conversations", Bearer: web.MustBearer, In: NewIssue{}, Out: Update{}, Says: "Begins a conversation with its first message."},
		{Pattern: "GET /chat/v1/issues", Name: "listIssues", Group: "Conversations", Bearer: web.MustBearer, Out: Conversations{},
			Says: "The conversations that the session opens, newest first, without their messages."},
		{Pattern: "GET /chat/v1/issues/{issue}/messages", Name: "listMessages", Group: "Conversations", Bearer: web.MustBearer, Out: Update{},
			Query: []web.Parameter{{Name: "after", Says: "Only messages after this seq.", Kind: web.Number}, {Name: "before", Says: "Only messages before this seq; not together with after.", Kind: web.Number},
				{Name: "limit", Says: "At most so many, 1 to 50.", Kind: web.Number}},
			Says: "A page of a conversation, in order: the newest one, unless after or before is given."},
		{Pattern: "POST /chat/v1/issues/{issue}/messages", Name: "send", Group: "Conversations", Bearer: web.MustBearer, In: Send{}, Out: Update{}, Says: "Sends a message, or the answer to a bot's question."},
		{Pattern: "POST /chat/v1/issues/{issue}/read", Name: "read", Group: "Conversations", Bearer: web.MustBearer, In: Read{}, Out: Update{},
			Says: "Reports how far a person has read. Report only what was on screen: this decides whether an e-mail goes out."},
		{Pattern: "POST /chat/v1/issues/{issue}/typing", Name: "typing", Group: "Conversations", Bearer: web.MustBearer, In: Nothing{}, Out: Nothing{}, Says: "Tells the agents that somebody is typing. At most every three seconds."},
		{Pattern: "POST /chat/v1/issues/{issue}/returned", Name: "returned", Group: "The way back", Bearer: web.MustBearer, In: Returned{}, Out: Update{},
			Says: "Confirms that a person, not a program, has come by a return link. Before that nothing counts as read."},
		{Pattern: "POST /chat/v1/issues/{issue}/resolution", Name: "resolve", Group: "The end of a conversation", Bearer: web.MustBearer, In: Resolution{}, Out: Update{},
			Says: "Answers whether the company's help has solved the question."},
		{Pattern: "POST /chat/v1/issues/{issue}/feedback", Name: "rate", Group: "The end of a conversation", Bearer: web.MustBearer, In: Feedback{}, Out: Update{}, Says: "Rates the conversation."},
		{Pattern: "POST /chat/v1/return", Name: "redeem", Group: "The way back", Bearer: web.MayBearer, In: Redeem{}, Out: Redeemed{}, Says: "Opens what the return link of an e-mail opens."},
		{Pattern: "POST /chat/v1/presence", Name: "reportPresence", Group: "Staying in touch", In: PresenceIn{}, Out: Nothing{}, Says: "Reports what the app or the tab is doing. The token is in the body."},
		{Pattern: "POST /chat/v1/poll", Name: "poll", Group: "Staying in touch", Bearer: web.MustBearer, In: Poll{}, Out: Polled{}, Says: "Waits up to 25 seconds for what the client lacks, where sockets are blocked."},
		{Pattern: "GET /chat/v1/socket", Name: "socket", Group: "Staying in touch",
			Says: "Opens a WebSocket (RFC 6455) with text frames. The client sends one frame, Hello, within ten seconds; the server sends frames of the type Frame, the first one with the type welcome."},
	}
}

// describe answers with the description of the API for programs.
func (a *API) describe(c call) (any, error) {
	h := c.w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Cache-Control", "public, max-age=300")
	h.Set("Access-Control-Allow-Origin", "*") // tools that draw it run on other sites; it holds nothing of anybody
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	if c.r.Method != http.MethodHead {
		_, _ = io.WriteString(c.w, openapi.Chat) // the client may be gone
	}
	return nil, nil
}
