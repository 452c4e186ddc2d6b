package apidocs

import (
	"maps"
	"slices"
	"strings"
)

// page is one API for its template.
type page struct {
	Name, Title, Says string
	Short             string // the first paragraph of Says
	Spec              string // path of the document
	Server            string
	APIs              []link
	Access            []access
	Groups            []group
	Events            []entry // what webhooks post
	Types             []typed
}

// access is a way to show who one is.
type access struct{ Name, Says string }

type group struct {
	Name, Anchor string
	Operations   []entry
}

// entry is one operation.
type entry struct {
	Name, Method, Path, Says string
	Needs                    string // the permission; "" for none
	Signed                   string // "", "optional" or "required"
	Event                    bool   // the server posts it
	Sample                   string // JSON of the body of an event
	InPath, InQuery, InBody  []field
	Body                     kind     // of a JSON body
	Takes                    []string // media types of the body
	Answers                  []answer
	Command                  string
}

type answer struct {
	Status  string
	Kind    kind
	Type    string // the media type where it is not JSON
	Example string
}

// typed is one schema.
type typed struct {
	Name, Says string
	Values     []string
	Fields     []field
}

func pageOf(s source, d document, server string) page {
	p := page{Name: s.name, Title: strings.TrimPrefix(d.Info.Title, "Rejoin "), Says: d.Info.Description, Spec: s.spec, Server: server}
	p.Short, _, _ = strings.Cut(p.Says, "\n\n")
	p.Title = strings.ToUpper(p.Title[:1]) + p.Title[1:]
	for _, name := range slices.Sorted(maps.Keys(d.Components.SecuritySchemes)) {
		p.Access = append(p.Access, access{name, d.Components.SecuritySchemes[name].Description})
	}
	byGroup := map[string][]entry{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			group := "Other"
			if len(op.Tags) > 0 {
				group = op.Tags[0]
			}
			byGroup[group] = append(byGroup[group], d.entry(server, path, method, op))
		}
	}
	for _, t := range d.Tags {
		list := byGroup[t.Name]
		slices.SortFunc(list, func(a, b entry) int { return slices.Index(d.Order, a.Name) - slices.Index(d.Order, b.Name) })
		p.Groups = append(p.Groups, group{Name: t.Name, Anchor: anchorOf(t.Name), Operations: list})
	}
	for _, name := range slices.Sorted(maps.Keys(d.Webhooks)) {
		e := d.entry(server, name, "post", d.Webhooks[name]["post"])
		e.Event, e.Command, e.Answers, e.Sample = true, "", nil, d.example(d.Webhooks[name]["post"].RequestBody.Content["application/json"])
		e.InBody = absentable(e.InBody)
		p.Events = append(p.Events, e)
	}
	for _, name := range slices.Sorted(maps.Keys(d.Components.Schemas)) {
		t := d.Components.Schemas[name]
		p.Types = append(p.Types, typed{Name: name, Says: t.Description, Values: t.Enum, Fields: absentable(d.fields(t))})
	}
	return p
}

func anchorOf(name string) string { return "g-" + strings.ReplaceAll(strings.ToLower(name), " ", "-") }

func (d document) entry(server, path, method string, op operation) entry {
	e := entry{Name: op.OperationID, Method: strings.ToUpper(method), Path: path, Says: op.Summary, Signed: signed(op)}
	if op.Permission != "anybody" {
		e.Needs = op.Permission
	}
	for _, p := range op.Parameters {
		f := field{Name: p.Name, Says: p.Description, Kind: d.kind(p.Schema), Required: p.Required, Values: p.Schema.choices()}
		switch {
		case p.In == "query":
			e.InQuery = append(e.InQuery, f)
		case p.Name != "domain": // which stands in every address
			f.Required = false // it goes without saying
			e.InPath = append(e.InPath, f)
		}
	}
	if body := op.RequestBody; body != nil {
		e.Takes = slices.Sorted(maps.Keys(body.Content))
		if json, ok := body.Content["application/json"]; ok {
			e.Body, e.InBody = d.kind(json.Schema), d.fields(json.Schema)
		}
	}
	e.Answers = d.answers(op)
	e.Command = d.command(server, path, e.Method, op)
	return e
}

// signed says whether the operation wants to know who asks.
func signed(op operation) string {
	switch {
	case len(op.Security) == 0:
		return ""
	case slices.ContainsFunc(op.Security, func(s map[string][]string) bool { return len(s) == 0 }):
		return "optional"
	}
	return "required"
}

// answers are what comes back when it is done; what comes back when it is not is the same everywhere.
func (d document) answers(op operation) (out []answer) {
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		if status == "default" {
			continue
		}
		a := answer{Status: status}
		for name, m := range op.Responses[status].Content {
			if name != "application/json" {
				a.Type = name
				continue
			}
			a.Kind = d.kind(m.Schema)
			a.Example = d.example(m)
		}
		if op.Socket != nil {
			a.Kind = d.kind(op.Socket.Server)
		}
		out = append(out, a)
	}
	return out
}
