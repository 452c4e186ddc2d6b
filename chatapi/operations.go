package chatapi

import (
	"io"
	"net/http"

	"rejoin/docs/openapi"
)

// Bearer says what an operation wants of the Authorization header.
type Bearer string

const (
	NoBearer   Bearer = ""         // none
	MayBearer  Bearer = "optional" // the session that the client holds, if it holds one
	MustBearer Bearer = "required" // the session; of a first message or its files also a fresh token that the client has made
)

// Operation is one address of the API in words, for its description in OpenAPI. A test holds the list to the routes.
type Operation struct {
	Pattern string // method and path, as the route has it
	Name    string // one word, for programs that write clients
	Says    string // what it does
	Bearer  Bearer
	Query   []Parameter
	In      any // what is sent as JSON; nil for nothing, [File] for the bytes of a file
	Out     any // what comes back as JSON
}

// Parameter is a part of an address.
type Parameter struct {
	Name, Says string
	Number     bool
	Required   bool
}

// File stands for the bytes of a file.
type File struct{}

// Nothing stands for an empty object.
type Nothing = empty

// Operations lists every address of the API.
func Operations() []Operation {
	language := Parameter{Name: "language", Says: "A BCP 47 tag: the language of the launcher's texts."}
	return []Operation{
		{Pattern: "GET /chat/v1", Name: "index", Says: "Tells what this is, with every address.", Out: about{}},
		{Pattern: "GET /chat/v1/openapi.json", Name: "describe", Says: "This description."},
		{Pattern: "GET /chat/v1/platforms/{platform}", Name: "getPlatform", Query: []Parameter{language}, Out: Platform{},
			Says: "Tells what anybody may know of the platform before a conversation begins."},
		{Pattern: "POST /chat/v1/platforms/{platform}", Name: "glance", Query: []Parameter{language}, In: Identity{}, Out: Platform{},
			Says: "The same, and whether a person would be taken for who they are said to be."},
		{Pattern: "POST /chat/v1/identify", Name: "identify", Bearer: MayBearer, In: Identify{}, Out: Identified{},
			Says: "Says who the person is. Send along the session that the client holds, if it holds one: it may go on."},
		{Pattern: "POST /chat/v1/logout", Name: "logout", Bearer: MustBearer, In: Nothing{}, Out: Nothing{}, Says: "Ends the session, and closes its sockets."},
		{Pattern: "POST /chat/v1/user/identities", Name: "addIdentities", Bearer: MustBearer, In: AddIdentities{}, Out: Outcome{},
			Says: "Adds identities to a person who is logged in by a JWT."},
		{Pattern: "POST /chat/v1/user/data", Name: "setUserData", Bearer: MustBearer, In: UserData{}, Out: Outcome{},
			Says: "Tells more about a person who is logged in by a JWT."},
		{Pattern: "POST /chat/v1/attachments", Name: "upload", Bearer: MustBearer, In: File{}, Out: Attachment{},
			Query: []Parameter{{Name: "platform", Says: "The platform's id.", Required: true}, {Name: "name", Says: "The file's name.", Required: true},
				{Name: "client_id", Says: "Marks the upload: a repeat with the same one returns the first result.", Required: true}},
			Says: "Uploads a file. A message that names its id sends it; what is not sent within a day is dropped."},
		{Pattern: "POST /chat/v1/issues", Name: "start", Bearer: MustBearer, In: NewIssue{}, Out: Update{}, Says: "Begins a conversation with its first message."},
		{Pattern: "GET /chat/v1/issues", Name: "listIssues", Bearer: MustBearer, Out: Conversations{},
			Says: "The conversations that the session opens, newest first, without their messages."},
		{Pattern: "GET /chat/v1/issues/{issue}/messages", Name: "listMessages", Bearer: MustBearer, Out: Update{},
			Query: []Parameter{{Name: "after", Says: "Only messages after this seq.", Number: true}, {Name: "before", Says: "Only messages before this seq; not together with after.", Number: true},
				{Name: "limit", Says: "At most so many, 1 to 50.", Number: true}},
			Says: "A page of a conversation, in order: the newest one, unless after or before is given."},
		{Pattern: "POST /chat/v1/issues/{issue}/messages", Name: "send", Bearer: MustBearer, In: Send{}, Out: Update{}, Says: "Sends a message, or the answer to a bot's question."},
		{Pattern: "POST /chat/v1/issues/{issue}/read", Name: "read", Bearer: MustBearer, In: Read{}, Out: Update{},
			Says: "Reports how far a person has read. Report only what was on screen: this decides whether an e-mail goes out."},
		{Pattern: "POST /chat/v1/issues/{issue}/typing", Name: "typing", Bearer: MustBearer, In: Nothing{}, Out: Nothing{}, Says: "Tells the agents that somebody is typing. At most every three seconds."},
		{Pattern: "POST /chat/v1/issues/{issue}/returned", Name: "returned", Bearer: MustBearer, In: Returned{}, Out: Update{},
			Says: "Confirms that a person, not a program, has come by a return link. Before that nothing counts as read."},
		{Pattern: "POST /chat/v1/issues/{issue}/resolution", Name: "resolve", Bearer: MustBearer, In: Resolution{}, Out: Update{},
			Says: "Answers whether the company's help has solved the question."},
		{Pattern: "POST /chat/v1/issues/{issue}/feedback", Name: "rate", Bearer: MustBearer, In: Feedback{}, Out: Update{}, Says: "Rates the conversation."},
		{Pattern: "POST /chat/v1/return", Name: "redeem", Bearer: MayBearer, In: Redeem{}, Out: Redeemed{}, Says: "Opens what the return link of an e-mail opens."},
		{Pattern: "POST /chat/v1/presence", Name: "reportPresence", In: PresenceIn{}, Out: Nothing{}, Says: "Reports what the app or the tab is doing. The token is in the body."},
		{Pattern: "POST /chat/v1/poll", Name: "poll", Bearer: MustBearer, In: Poll{}, Out: Polled{}, Says: "Waits up to 25 seconds for what the client lacks, where sockets are blocked."},
		{Pattern: "GET /chat/v1/socket", Name: "socket",
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
