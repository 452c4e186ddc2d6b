package web

// Operation is one address of an API in words. The OpenAPI document and the page for people are made from it; a test of each door holds its operations to
// its routes.
type Operation struct {
	Pattern string // method and path, as the route has it
	Name    string // one word, for programs that write clients; no two of an API are the same
	Group   string // the heading under which people find it
	Says    string // what it does, in a sentence or two
	Bearer  Bearer // what it wants of the Authorization header; of no meaning in an API whose every address wants the same
	Needs   string // the permission that the caller must have, in a word; "" where there is nothing to say
	Query   []Parameter
	Form    []Parameter // what is sent as a form, multipart or a JSON object with the same names; together with it, In is nil
	In      any         // what is sent as JSON; nil for nothing, [File] for bytes
	Status  int         // of the answer; 0 for 200
	Out     any         // what comes back as JSON; nil for an object that says nothing, [File] for bytes
}

// Bearer says what an operation wants of the Authorization header.
type Bearer string

const (
	NoBearer   Bearer = ""         // none
	MayBearer  Bearer = "optional" // what the client holds, if it holds anything
	MustBearer Bearer = "required"
)

// Parameter is a part of an address or of a form.
type Parameter struct {
	Name, Says string
	Kind       Kind
	Required   bool
	Values     []string // all that is taken; nil for anything of the kind
	Example    string   // for the page's commands; "" for none
}

// Kind is what a parameter holds.
type Kind string

const (
	Text   Kind = ""
	Number Kind = "integer"
	Flag   Kind = "boolean"
	List   Kind = "array"  // of texts
	Object Kind = "object" // JSON
	Bytes  Kind = "binary" // a file of a multipart form
)

// File stands for bytes instead of JSON.
type File struct {
	Type string // its media type; "" for application/octet-stream
}
