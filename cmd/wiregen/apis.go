package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"

	"rejoin/agentapi"
	"rejoin/chatapi"
	"rejoin/restapi"
	"rejoin/web"
	"rejoin/webhook"
)

// api is one API to be described.
type api struct {
	file, title, says string
	folders           []string // whose comments describe the types
	operations        []web.Operation
	failure           any                           // the body of what is no success
	client, server    any                           // frames of its socket; nil without one
	schemes           object                        // how a caller shows who it is
	always            web.Bearer                    // what every operation wants of them; "" if it is up to each
	inPath            map[string]string             // what parts of addresses are, where "The …'s id." does not say it
	strict            bool                          // what the server does not know in what it is sent, it refuses
	webhooks          []event                       // what the server posts
	body              any                           // of them
	examples          string                        // the folder of answers that tests hold to the code; "" for none
	standsFor         map[reflect.Type]reflect.Type // types that write themselves as another one, or as null
}

// event is what a webhook posts, with the file of an example that tests hold to the code.
type event struct{ name, says, example string }

// example is an answer to an operation, or nil: that of listUsers is in list_users.json or users.json.
func (a api) example(name string) json.RawMessage {
	var words []string
	for _, part := range inName.FindAllString(name, -1) {
		words = append(words, strings.ToLower(part))
	}
	files := []string{strings.Join(words, "_")}
	if words[0] == "list" || words[0] == "get" {
		files = append(files, strings.Join(words[1:], "_"))
	}
	for _, file := range files {
		if text, err := os.ReadFile(filepath.Join(a.examples, file+".json")); a.examples != "" && err == nil {
			return text
		}
	}
	return nil
}

var inName = regexp.MustCompile(`[A-Z]*[a-z0-9]*`)

func apis() []api {
	return []api{chat(), agent(), rest()}
}

func chat() api {
	return api{
		file: "docs/openapi/chat.json", title: "Rejoin chat API",
		says: "What the end user's side of a conversation speaks: the chat widget, the hosted page, apps.\n\n" +
			"Times are Unix milliseconds. Ignore what you do not know in answers; what the server does not know in requests it refuses.",
		folders: []string{".", "chatapi"}, operations: chatapi.Operations(),
		failure: chatapi.Failure{}, client: chatapi.Hello{}, server: chatapi.Frame{}, strict: true,
		schemes: object{"session": object{"type": "http", "scheme": "bearer",
			"description": "A token of 32 random bytes in base64url, made by the client. It becomes a session with the first message, or by identify."}},
	}
}

func agent() api {
	return api{
		file: "docs/openapi/agent.json", title: "Rejoin agent API",
		says: "What the dashboard speaks. Whatever it can do, your own program can do too, signed in as an agent. " +
			"Programs that no agent stands behind take the REST API instead, whose shapes stay as they are; this one grows with the dashboard.\n\n" +
			"Times are Unix milliseconds. Ignore what you do not know in answers; what the server does not know in requests it refuses. " +
			"What changes something must not come from a page of another origin.",
		folders: []string{".", "agentapi", "web"}, operations: agentapi.Operations(),
		failure: web.Failure{}, client: agentapi.Watch{}, server: agentapi.Frame{}, strict: true,
		schemes: object{"cookie": object{"type": "apiKey", "in": "cookie", "name": "__Host-rejoin",
			"description": "Set by sign-in. On a server that is reached over plain http the cookie is called rejoin."}},
	}
}

func rest() api {
	return api{
		file: "docs/openapi/rest.json", title: "Rejoin REST API",
		says: "What the company's own programs speak, in the shapes that programs for Helpshift's API know. {domain} in an address is the domain's short name. " +
			"Times are Unix milliseconds.\n\n" +
			"Names of parameters may be written with - or with _, in the query or in the body. A body is a form, multipart or JSON; in a form, lists and objects are JSON. " +
			"A slash at the end of an address makes no difference, but for the list of apps. Parameters that are not known are ignored.\n\n" +
			"A key may make 1,500 requests a minute, unless Settings → API keys says otherwise: the headers X-Rate-Limit-Limit, X-Rate-Limit-Remaining and " +
			"X-Rate-Limit-Reset (when the minute ends, in Unix milliseconds) say where it stands.\n\n" +
			"A request that makes something, except a link into the chat, takes a header Idempotency-Key: a repeat with the same one within 24 hours is answered as the first was.",
		folders: []string{".", "restapi", "webhook", "web"}, operations: restapi.Operations(), failure: web.Failure{},
		always: web.MustBearer, examples: "restapi/testdata",
		schemes: object{"key": object{"type": "http", "scheme": "basic",
			"description": "An API key as the user name, without a password: curl -u \"$KEY:\". Administrators make keys under Settings → API keys. A key reads only, or reads and writes."}},
		inPath: map[string]string{"domain": "The domain's short name.", "issue": "The issue's number, or our own id of it.",
			"app": "The app's id, or its publish_id."},
		webhooks: []event{
			{"create_issue", "A conversation has begun.", "core/testdata/webhooks/create_issue.json"},
			{"update_issue", "A conversation has changed: updates holds what has, and nothing else. The example tells that a follow-up e-mail went out.", "core/testdata/webhooks/follow_up.json"},
		},
		body:      webhook.Event{},
		standsFor: map[reflect.Type]reflect.Type{reflect.TypeFor[webhook.RefChange](): reflect.TypeFor[webhook.Ref]()},
	}
}
