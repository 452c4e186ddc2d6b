package restapi

import (
	"slices"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// labels is what issues can be marked with, and where they wait.
type labels struct{ *API }

// Queue is where issues wait for an agent.
type Queue struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	AutoAssign bool          `json:"auto_assign"` // gives what waits to agents who are available
	Agents     []string      `json:"agents"`      // their ids
	FallbackID *string       `json:"fallback_queue_id"`
	Waiting    int64         `json:"waiting_issues"` // open and nobody's; counted up to 10,000
	Oldest     rejoin.Millis `json:"waiting_since"`  // of the first of them; zero if nobody waits
	CreatedAt  rejoin.Millis `json:"created_at"`
	ArchivedAt rejoin.Millis `json:"archived_at,omitempty"` // out of use
}

// QueueList is a page of queues.
type QueueList struct {
	Queues []Queue `json:"queues"`
	Paged
}

// Tag is a label of issues.
type Tag struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	ArchivedAt rejoin.Millis `json:"archived_at,omitempty"` // given no more; issues keep it
}

// TagList is a page of tags.
type TagList struct {
	Tags []Tag `json:"tags"`
	Paged
}

// CustomField is the definition of a custom issue field.
type CustomField struct {
	ID         string                `json:"id"`
	Key        string                `json:"key"`
	Label      string                `json:"label"`
	Type       rejoin.FieldType      `json:"type"`
	Options    []string              `json:"options,omitempty"` // of a dropdown
	Platforms  []rejoin.PlatformKind `json:"platforms"`         // on whose issues agents see it
	CreatedAt  rejoin.Millis         `json:"created_at"`
	ArchivedAt rejoin.Millis         `json:"archived_at,omitempty"` // out of use; issues keep its values
}

// CustomFieldList is a page of definitions.
type CustomFieldList struct {
	Fields []CustomField `json:"custom_fields"`
	Paged
}

func (a labels) routes() []route {
	archived := web.Parameter{Name: "include-archived", Kind: web.Flag, Says: "Those too that are out of use."}
	label := web.Parameter{Name: "label", Says: "What agents read: 1 to 100 characters.", Example: "Shoe size"}
	options := web.Parameter{Name: "options", Kind: web.List, Says: "Of a dropdown: all of its options. One that is left out is offered no more; issues keep it.", Example: `["S","M","L"]`}
	platforms := web.Parameter{Name: "platforms", Kind: web.List, Values: []string{"web", "ios", "android"}, Says: "On whose issues agents see it; all if left out."}
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/queues", Name: "listQueues", Group: "Queues", Query: pageQuery(archived), Out: QueueList{},
			Says: "The domain's queues by name, with who waits in them."}, a.listQueues},
		{web.Operation{Pattern: "GET /v1/{domain}/tags", Name: "listTags", Group: "Tags", Query: pageQuery(archived), Out: TagList{},
			Says: "The domain's tags by name."}, a.listTags},
		{web.Operation{Pattern: "POST /v1/{domain}/tags", Name: "makeTag", Group: "Tags", Status: 201, Out: Tag{}, Says: "Makes a tag. One that exists is a conflict.",
			Form: []web.Parameter{{Name: "name", Required: true, Says: "1 to 100 characters.", Example: "vip"}}}, a.makeTag},
		{web.Operation{Pattern: "PUT /v1/{domain}/tags/{tag}", Name: "archiveTag", Group: "Tags", Out: Tag{}, Says: "Takes a tag, by its id, out of use or back into it.",
			Form: []web.Parameter{{Name: "archived", Kind: web.Flag, Required: true, Says: "True: it is given no more. Issues keep it."}}}, a.archiveTag},
		{web.Operation{Pattern: "GET /v1/{domain}/custom-fields", Name: "listCustomFields", Group: "Custom issue fields", Query: pageQuery(archived), Out: CustomFieldList{},
			Says: "The definitions of the custom issue fields, in their order."}, a.listFields},
		{web.Operation{Pattern: "POST /v1/{domain}/custom-fields", Name: "makeCustomField", Group: "Custom issue fields", Status: 201, Out: CustomField{},
			Says: "Defines a field.", Form: []web.Parameter{
				{Name: "key", Required: true, Says: "How pages and programs name it: 1 to 64 letters, digits, - or _.", Example: "shoe_size"},
				{Name: "type", Required: true, Says: "What it holds.", Values: []string{"singleline", "multiline", "number", "dropdown", "date", "checkbox"}},
				label, options, platforms,
			}}, a.makeField},
		{web.Operation{Pattern: "PUT /v1/{domain}/custom-fields/{field}", Name: "setCustomField", Group: "Custom issue fields", Out: CustomField{},
			Says: "Changes a field, named by its id or key, or takes it out of use. Key and type stay.", Form: []web.Parameter{
				label, options, platforms, {Name: "archived", Kind: web.Flag, Says: "True: out of use. Issues keep its values."},
			}}, a.setField},
	}
}

// inUse leaves out what is archived, unless the program asks for it.
func inUse[T any](c call, list []T, archivedAt func(T) rejoin.Millis) ([]T, error) {
	all, err := c.flag("include-archived", false)
	if err != nil || all {
		return list, err
	}
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return archivedAt(v) > 0 }), nil
}

func (a labels) listQueues(c call) (any, error) {
	p, err := c.pageOf(100)
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Queues.List(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	if list, err = inUse(c, list, func(q core.QueueState) rejoin.Millis { return q.ArchivedAt }); err != nil {
		return nil, err
	}
	return QueueList{mapped(of(p, list), func(q core.QueueState) Queue {
		return Queue{ID: q.ID, Name: q.Name, AutoAssign: q.AutoAssign, Agents: append([]string{}, q.Agents...), FallbackID: orNull(q.FallbackID), Waiting: q.Waiting,
			Oldest: q.Oldest, CreatedAt: q.CreatedAt, ArchivedAt: q.ArchivedAt}
	}), p.envelope(int64(len(list)))}, nil
}

func tagOf(t rejoin.Tag) Tag { return Tag{t.ID, t.Name, t.ArchivedAt} }

func (a labels) listTags(c call) (any, error) {
	p, err := c.pageOf(100)
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Labels.Tags(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	if list, err = inUse(c, list, func(t rejoin.Tag) rejoin.Millis { return t.ArchivedAt }); err != nil {
		return nil, err
	}
	return TagList{mapped(of(p, list), tagOf), p.envelope(int64(len(list)))}, nil
}

func (a labels) makeTag(c call) (any, error) {
	name, err := rejoin.CheckTagName(c.text("name"))
	if err != nil {
		return nil, err
	}
	once, err := c.once(uploads{})
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Labels.AddTagOnce(c.r.Context(), c.agent, once, name)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(list, func(t rejoin.Tag) bool { return t.Name == name })
	return created{tagOf(list[n])}, nil
}

func (a labels) archiveTag(c call) (any, error) {
	if c.text("archived") == "" {
		return nil, rejoin.InvalidField("archived", "Say whether the tag is archived: true or false.")
	}
	archived, err := c.flag("archived", false)
	if err != nil {
		return nil, err
	}
	id := c.r.PathValue("tag")
	list, err := a.Core.Labels.ArchiveTag(c.r.Context(), c.agent, id, archived)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(list, func(t rejoin.Tag) bool { return t.ID == id })
	return tagOf(list[n]), nil
}

func fieldOf(f rejoin.CustomField) CustomField {
	return CustomField{ID: f.ID, Key: f.Key, Label: f.Label, Type: f.Type, Options: f.Options, Platforms: f.Platforms, CreatedAt: f.CreatedAt, ArchivedAt: f.ArchivedAt}
}

func (a labels) listFields(c call) (any, error) {
	p, err := c.pageOf(100)
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Labels.Fields(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	if list, err = inUse(c, list, func(f rejoin.CustomField) rejoin.Millis { return f.ArchivedAt }); err != nil {
		return nil, err
	}
	return CustomFieldList{mapped(of(p, list), fieldOf), p.envelope(int64(len(list)))}, nil
}

// optionsIn are the options of a dropdown, as they are in JSON: one may hold a comma.
func optionsIn(c call) (options []string, err error) {
	return options, c.decode("options", &options, `["S","M","L"]`)
}

func platformsIn(c call) ([]rejoin.PlatformKind, error) {
	names, err := c.list("platforms")
	var out []rejoin.PlatformKind
	for _, name := range names {
		out = append(out, rejoin.PlatformKind(name))
	}
	return out, err
}

func (a labels) makeField(c call) (any, error) {
	f := rejoin.CustomField{Key: c.text("key"), Type: rejoin.FieldType(c.text("type")), Label: c.text("label")}
	if f.Label == "" {
		f.Label = f.Key
	}
	var err error
	if f.Options, err = optionsIn(c); err != nil {
		return nil, err
	}
	if f.Platforms, err = platformsIn(c); err != nil {
		return nil, err
	}
	once, err := c.once(uploads{})
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Labels.AddFieldOnce(c.r.Context(), c.agent, once, f)
	if err != nil {
		return nil, err
	}
	n := slices.IndexFunc(list, func(g rejoin.CustomField) bool { return g.Key == f.Key })
	return created{fieldOf(list[n])}, nil
}

func (a labels) setField(c call) (any, error) {
	list, err := a.Core.Labels.Fields(c.r.Context(), c.agent)
	if err != nil {
		return nil, err
	}
	ref := c.r.PathValue("field")
	n := slices.IndexFunc(list, func(f rejoin.CustomField) bool { return f.ID == ref || f.Key == ref })
	if n < 0 {
		return nil, rejoin.Errorf(rejoin.NotFound, "There is no such field.")
	}
	f := list[n]
	if c.given("label") || c.given("options") || c.given("platforms") {
		if list, err = a.changeField(c, f); err != nil {
			return nil, err
		}
	}
	archived, err := c.flag("archived", f.ArchivedAt > 0)
	if err != nil {
		return nil, err
	}
	if archived != (f.ArchivedAt > 0) {
		if list, err = a.Core.Labels.ArchiveField(c.r.Context(), c.agent, f.ID, archived); err != nil {
			return nil, err
		}
	}
	n = slices.IndexFunc(list, func(g rejoin.CustomField) bool { return g.ID == f.ID })
	return fieldOf(list[n]), nil
}

// changeField changes what is given; the rest stays.
func (a labels) changeField(c call, f rejoin.CustomField) ([]rejoin.CustomField, error) {
	var err error
	if c.given("label") {
		f.Label = c.text("label")
	}
	if c.given("options") {
		if f.Options, err = optionsIn(c); err != nil {
			return nil, err
		}
	}
	if c.given("platforms") {
		if f.Platforms, err = platformsIn(c); err != nil {
			return nil, err
		}
	}
	return a.Core.Labels.ChangeField(c.r.Context(), c.agent, f.ID, f.Label, f.Options, f.Platforms)
}
