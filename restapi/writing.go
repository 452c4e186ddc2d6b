package restapi

import (
	"bytes"
	"encoding/json"
	"html"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
	"rejoin/webhook"
)

// writing is what programs change about issues.
type writing struct{ *API }

func (a writing) routes() []route {
	return []route{
		{web.Operation{Pattern: "POST /v1/{domain}/issues", Name: "createIssue", Group: "Issues", Status: http.StatusCreated, Form: createParams, Out: CreatedIssue{},
			Says: "Creates an issue in the name of a user. A user is known by an address that your site has given; else a profile is made. Bots, automations and queues take it from there."}, a.create},
		{web.Operation{Pattern: "PUT /v1/{domain}/issues/{issue}", Name: "updateIssue", Group: "Issues", Form: editParams, Out: UpdatedIssue{},
			Says: "Changes an issue, all or nothing, and answers what was given as it is now."}, a.edit},
		{web.Operation{Pattern: "PUT /v1/{domain}/issues", Name: "updateIssues", Group: "Issues", Form: slices.Concat(manyParams, editParams), Out: ManyUpdated{},
			Says: "Changes many issues in the same way. What is wrong with one stops no other. With an Idempotency-Key a repeat goes on where it stopped."}, a.editMany},
		{web.Operation{Pattern: "POST /v1/{domain}/issues/{issue}/messages", Name: "addMessage", Group: "Issues", Status: http.StatusCreated, Form: messageParams, Out: AddedMessage{},
			Says: "Answers the user, in the name of the app. Unread, it is followed up like every answer."}, a.message},
		{web.Operation{Pattern: "POST /v1/{domain}/issues/{issue}/private-notes", Name: "addPrivateNote", Group: "Issues", Status: http.StatusCreated, Form: noteParams, Out: AddedNote{},
			Says: "Notes something for your team. Users never see it."}, a.note},
		{web.Operation{Pattern: "POST /v1/{domain}/redactions", Name: "redact", Group: "Privacy", Status: http.StatusCreated, Form: redactionParams, Out: Redactions{},
			Says: "Takes the text and the files of messages away for good: for users, agents, search and what webhooks still hold. All of a request, or nothing."}, a.redact},
	}
}

func (a writing) create(c call) (any, error) {
	fields, err := c.fields()
	if err != nil {
		return nil, err
	}
	meta, err := c.object("meta", `{"plan":"gold"}`)
	if err != nil {
		return nil, err
	}
	tags, err := c.list("tags")
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(c.text("email")) == "" {
		return nil, rejoin.InvalidField("email", "Give the user's address in email.")
	}
	files, err := a.upload(c, "attachment")
	if err != nil {
		return nil, err
	}
	defer a.drop(c, files)
	once, err := c.once(files)
	if err != nil {
		return nil, err
	}
	w, first, err := a.Core.Programs.Begin(c.r.Context(), c.agent, core.NewIssue{Once: once, Email: c.text("email"), Name: c.text("author-name"), Body: c.text("message-body"),
		Title: c.text("title"), App: strings.TrimSpace(c.text("app-id")), Platform: rejoin.PlatformKind(strings.ToLower(strings.TrimSpace(c.text("platform-type")))),
		Tags: tags, Fields: fields, Meta: meta, Files: files.ids})
	if err != nil {
		return nil, err
	}
	i := w.Issue
	m := a.messageOf(i, first, webhook.UserAuthor(w.User))
	return created{CreatedIssue{ID: strconv.FormatInt(i.Number, 10), CreatedAt: i.CreatedAt, Title: i.Title, Tags: append([]string{}, i.Tags...),
		Meta: webhook.MetaOf(i.Meta, w.Platform, w.User.ExternalID), CustomFields: webhook.APIFieldsOf(i.Fields), Attachment: m.Attachment, Attachments: m.Attachments}}, nil
}

func (a writing) messageOf(i rejoin.Issue, m rejoin.Message, by webhook.Author) webhook.Message {
	return webhook.MessageOf(i.Title, m, by, a.fileURL)
}

func (a writing) edit(c call) (any, error) {
	in, err := c.edit()
	if err != nil {
		return nil, err
	}
	w, err := a.Core.Programs.Edit(c.r.Context(), c.agent, c.r.PathValue("issue"), in)
	if err != nil {
		return nil, err
	}
	return UpdatedIssue{updatedOf(w, in)}, nil
}

// updatedOf tells what was given, as it is now.
func updatedOf(w core.WrittenIssue, in core.IssueEdit) (d UpdatedData) {
	i := w.Issue
	if in.Title != nil {
		d.Title = i.Title
	}
	if in.Tags != nil || len(in.AddTags)+len(in.RemoveTags) > 0 {
		d.Tags = append([]string{}, i.Tags...)
	}
	if len(in.Fields) > 0 {
		d.CustomFields = webhook.APIFieldsOf(i.Fields)
	}
	if len(in.Meta) > 0 {
		d.Meta = webhook.MetaOf(i.Meta, w.Platform, w.User.ExternalID)
	}
	if in.State != "" {
		d.StateData = &webhook.StateData{State: i.State, ChangedAt: i.StateChangedAt}
	}
	if in.AssigneeID != nil || in.AssigneeEmail != "" {
		d.AssigneeID = "unassigned"
		if i.AssigneeID != "" {
			d.AssigneeID, d.AssigneeName = i.AssigneeID, &w.Assignee.Name
		}
	}
	if in.QueueID != nil {
		var queue *webhook.Ref
		if i.QueueID != "" {
			queue = &webhook.Ref{ID: i.QueueID, Name: w.Queue.Name}
		}
		d.Queue = webhook.ChangedTo(queue)
	}
	return d
}

func (a writing) editMany(c call) (any, error) {
	in, err := c.edit()
	if err != nil {
		return nil, err
	}
	in.Body = c.text("message-body")
	refs, err := c.list("issue-ids")
	if err != nil {
		return nil, err
	}
	once, err := c.once(uploads{})
	if err != nil {
		return nil, err
	}
	web.Patient(c.w)
	r, err := a.Core.Programs.EditMany(c.r.Context(), c.agent, refs, in, once)
	if err != nil {
		return nil, err
	}
	out := ManyUpdated{Updated: r.Updated, Failed: []NotUpdated{}}
	for _, f := range r.Failed {
		out.Failed = append(out.Failed, NotUpdated{ID: f.Ref, Error: f.Text, Code: f.Code})
	}
	return out, nil
}

func (a writing) message(c call) (any, error) {
	if kind := c.text("message-type"); kind != "" && !strings.EqualFold(strings.TrimSpace(kind), "text") {
		return nil, rejoin.InvalidField("message-type", "message-type is Text.")
	}
	files, err := a.upload(c, "attachment")
	if err != nil {
		return nil, err
	}
	defer a.drop(c, files)
	once, err := c.once(files)
	if err != nil {
		return nil, err
	}
	i, m, err := a.Core.Programs.Write(c.r.Context(), c.agent, c.r.PathValue("issue"), core.ProgramSay{Once: once, Body: c.text("message-body"), Files: files.ids})
	if err != nil {
		return nil, err
	}
	return created{AddedMessage{WrittenMessage{a.messageOf(i, m, webhook.CompanyAuthor(m, "")), "Text"}}}, nil
}

func (a writing) note(c call) (any, error) {
	once, err := c.once(uploads{})
	if err != nil {
		return nil, err
	}
	n, err := a.Core.Programs.Note(c.r.Context(), c.agent, c.r.PathValue("issue"), core.ProgramSay{Once: once, Body: c.text("note-text")})
	if err != nil {
		return nil, err
	}
	return created{AddedNote{webhook.Note{Author: webhook.NoteAuthor(c.agent.ID, c.agent.Name, ""), Body: html.EscapeString(n.Body), CreatedAt: n.CreatedAt, ID: n.ID}}}, nil
}

func (a writing) redact(c call) (any, error) {
	var list []RedactionRequest
	const like = `[{"redaction_type":"message","property":"message_id","value":"msg_…"}]`
	if err := c.decode("requests", &list, like); err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range list {
		if r.RedactionType != "message" || r.Property != "message_id" || r.Value == "" {
			return nil, rejoin.InvalidField("requests", "requests is JSON such as %s. Other types and properties are not known.", like)
		}
		ids = append(ids, r.Value)
	}
	if _, err := a.Core.Programs.Redact(c.r.Context(), c.agent, ids); err != nil {
		return nil, err
	}
	return created{Redactions{list}}, nil
}

// edit is what the request changes about issues.
func (c call) edit() (in core.IssueEdit, err error) {
	if c.given("title") {
		title := c.text("title")
		in.Title = &title
	}
	if in.State = c.text("status"); in.State == "" {
		in.State = c.text("state")
	}
	in.AssigneeID, in.QueueID = c.nameOrNone("assignee_id"), c.nameOrNone("queue_id")
	in.AssigneeEmail = strings.TrimSpace(c.text("assignee_email"))
	if strings.EqualFold(in.AssigneeEmail, "unassigned") {
		nobody := ""
		in.AssigneeEmail, in.AssigneeID = "", &nobody
	}
	if c.given("tags") {
		tags, err := c.list("tags")
		if err != nil {
			return in, err
		}
		in.Tags = append([]string{}, tags...)
	}
	if in.AddTags, err = c.list("add_tags"); err != nil {
		return in, err
	}
	if in.RemoveTags, err = c.list("remove_tags"); err != nil {
		return in, err
	}
	if in.Fields, err = c.fields(); err != nil {
		return in, err
	}
	in.Meta, err = c.object("meta", `{"plan":"gold"}`)
	return in, err
}

// nameOrNone is an id; empty for none, nil if it is not given.
func (c call) nameOrNone(name string) *string {
	if !c.given(name) {
		return nil
	}
	id := strings.TrimSpace(c.text(name))
	if strings.EqualFold(id, "unassigned") || strings.EqualFold(id, "none") {
		id = ""
	}
	return &id
}

// object is a parameter that holds a JSON object; numbers in it keep their digits.
func (c call) object(name, like string) (map[string]any, error) {
	var raw map[string]json.RawMessage
	if err := c.decode(name, &raw, like); err != nil || raw == nil {
		return nil, err
	}
	out := map[string]any{}
	for key, text := range raw {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		var v any
		if err := d.Decode(&v); err != nil {
			return nil, err // it was valid before
		}
		out[key] = v
	}
	return out, nil
}

// fields are custom issue fields in the spellings of reference §5: an object with type and value, or val, or the value alone.
func (c call) fields() (map[string]core.GivenField, error) {
	given, err := c.object("custom_fields", `{"order":{"type":"number","value":7}}`)
	if err != nil || given == nil {
		return nil, err
	}
	out := map[string]core.GivenField{}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		f := core.GivenField{Value: given[key]}
		if o, ok := f.Value.(map[string]any); ok {
			kind, _ := o["type"].(string)
			value, ok := o["value"]
			if !ok {
				value, ok = o["val"]
			}
			if !ok {
				return nil, rejoin.InvalidField("custom_fields", `%s: write {"type":…,"value":…}, or the value alone.`, rejoin.Preview(key, 64))
			}
			f = core.GivenField{Type: rejoin.FieldType(kind), Value: value}
		}
		out[key] = f
	}
	return out, nil
}
