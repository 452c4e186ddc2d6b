package restapi

import "rejoin/web"

// What programs write is sent as a form, as parts, or as a JSON object with the same names.
var (
	createParams = []web.Parameter{
		{Name: "email", Required: true, Says: "The user's address.", Example: "ada@example.org"},
		{Name: "message-body", Required: true, Says: "The user's first message: 1 to 10,000 characters of plain text.", Example: "Where is my parcel?"},
		{Name: "title", Says: "At most 255 characters; without it the beginning of the message."},
		{Name: "author-name", Says: "The user's name. It fills a profile that has none."},
		{Name: "app-id", Says: "The app's id or publish id; without it the domain's first app."},
		{Name: "platform-type", Values: []string{"web", "ios", "android"}, Says: "Where the conversation belongs; without it web."},
		{Name: "tags", Kind: web.List, Says: "Tags that exist and are in use."},
		{Name: "meta", Kind: web.Object, Says: "Texts, numbers and groups of them. Names we know fill the groups that GET answers; all others are kept as they are, at most 30.", Example: `{"plan":"gold"}`},
		{Name: "custom_fields", Kind: web.Object, Says: fieldsSay, Example: `{"order":{"type":"number","value":7}}`},
		{Name: "attachment", Kind: web.Bytes, Says: "A file of at most 25 MB; may be given 10 times."},
	}
	editParams = []web.Parameter{
		{Name: "status", Values: []string{"resolved", "rejected", "open"}, Says: "Resolves, rejects or reopens. state is another name for it.", Example: "resolved"},
		{Name: "tags", Kind: web.List, Says: "All tags that the issue is to have."},
		{Name: "add_tags", Kind: web.List, Says: "Tags to add."},
		{Name: "remove_tags", Kind: web.List, Says: "Tags to take away."},
		{Name: "custom_fields", Kind: web.Object, Says: fieldsSay + " Null empties a field; those that are not named stay."},
		{Name: "meta", Kind: web.Object, Says: "Is merged into what there is; null takes an entry away."},
		{Name: "assignee_id", Says: "An agent's id, or unassigned."},
		{Name: "assignee_email", Says: "An agent's address, instead of assignee_id."},
		{Name: "queue_id", Says: "A queue's id, or none. An open issue that comes into a queue has no agent any more and is new again."},
		{Name: "title", Says: "1 to 255 characters."},
	}
	manyParams = []web.Parameter{
		{Name: "issue-ids", Kind: web.List, Required: true, Says: "1 to 5,000 issues, as a JSON array of their ids.", Example: "[1,2]"},
		{Name: "message-body", Says: "A message to the user of each, in the name of the app. Send an Idempotency-Key with it, so that a repeat writes to nobody twice."},
	}
	messageParams = []web.Parameter{
		{Name: "message-body", Says: "1 to 10,000 characters of plain text; with files it may be empty.", Example: "It is on its way."},
		{Name: "message-type", Values: []string{"Text"}, Says: "Text."},
		{Name: "attachment", Kind: web.Bytes, Says: "A file of at most 25 MB; may be given 10 times."},
	}
	noteParams = []web.Parameter{
		{Name: "note-text", Required: true, Says: "1 to 10,000 characters of plain text.", Example: "The warehouse has found it."},
	}
	redactionParams = []web.Parameter{
		{Name: "requests", Kind: web.Object, Required: true, Says: "A JSON array of at most 100 messages.",
			Example: `[{"redaction_type":"message","property":"message_id","value":"msg_…"}]`},
	}
)

const fieldsSay = "Custom issue fields by key: {\"type\":…,\"value\":…}, with val for value, or the value alone. A date is in milliseconds or YYYY-MM-DD."
