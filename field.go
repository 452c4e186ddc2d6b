package rejoin

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Tag is a label that issues of a domain may carry. A page may give tags that exist (reference §2.2); an archived one is given no more.
type Tag struct {
	ID         string
	DomainID   string
	Name       string // unique in the domain, compared exactly
	ArchivedAt Millis
}

// CheckTagName returns the name of a tag as we keep it: 1 to 100 characters.
func CheckTagName(raw string) (string, error) {
	s := strings.Join(strings.Fields(strings.Map(dropControl, raw)), " ")
	if n := utf8.RuneCountInString(s); n < 1 || n > 100 || !utf8.ValidString(s) {
		return "", InvalidField("name", "A tag's name has 1 to 100 characters.")
	}
	return s, nil
}

// FieldType is what a custom issue field holds (reference §5).
type FieldType string

const (
	SingleLine FieldType = "singleline" // text of at most 255 characters
	MultiLine  FieldType = "multiline"  // text of at most 100,000 characters
	Number     FieldType = "number"     // a decimal number, kept as its text
	Dropdown   FieldType = "dropdown"   // one of the field's options
	Date       FieldType = "date"       // Unix milliseconds
	Checkbox   FieldType = "checkbox"   // true or false
)

// CustomField defines a custom issue field of a domain.
type CustomField struct {
	ID         string
	DomainID   string
	Key        string // unique in the domain; how pages and programs name it
	Label      string
	Type       FieldType
	Options    []string       // of a dropdown
	Retired    []string       // options that are offered no more; issues keep them
	Platforms  []PlatformKind // on whose issues agents see it; pages and programs may set it on any
	Place      int64          // in the order that people have given the fields
	ArchivedAt Millis
	CreatedAt  Millis
}

// On reports whether agents see the field on issues of a platform of the kind.
func (f CustomField) On(k PlatformKind) bool { return slices.Contains(f.Platforms, k) }

// Limits of the custom issue fields.
const (
	MaxFields  = 100 // in use, in one domain
	MaxOptions = 500 // offered by one dropdown; as many retired ones are kept
)

// FieldValue is what an issue holds in a field, as text: a date as Unix milliseconds, a checkbox as true or false.
type FieldValue struct {
	Type  FieldType `json:"type"`
	Value string    `json:"value"`
}

// FieldValues is an issue's custom fields by key.
type FieldValues map[string]FieldValue

var fieldKey = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// CheckCustomField returns the definition as we keep it, or the first thing that is wrong with it.
func CheckCustomField(f CustomField) (CustomField, error) {
	if !fieldKey.MatchString(f.Key) {
		return f, InvalidField("key", "A field's key has 1 to 64 letters, digits, - or _.")
	}
	f.Label = strings.Join(strings.Fields(strings.Map(dropControl, f.Label)), " ")
	if n := utf8.RuneCountInString(f.Label); n < 1 || n > 100 || !utf8.ValidString(f.Label) {
		return f, InvalidField("label", "A field's label has 1 to 100 characters.")
	}
	var err error
	if f.Platforms, err = checkPlatforms(f.Platforms); err != nil {
		return f, err
	}
	switch f.Type {
	case Dropdown:
		return f, checkOptions(f.Options)
	case SingleLine, MultiLine, Number, Date, Checkbox:
		f.Options = nil
		return f, nil
	}
	return f, InvalidField("type", "The types are singleline, multiline, number, dropdown, date and checkbox.")
}

// checkPlatforms returns the kinds in our order; none given are all.
func checkPlatforms(list []PlatformKind) ([]PlatformKind, error) {
	if len(list) == 0 {
		return slices.Clone(PlatformKinds[:]), nil
	}
	out := []PlatformKind{}
	for _, k := range PlatformKinds {
		if slices.Contains(list, k) {
			out = append(out, k)
		}
	}
	if n := slices.IndexFunc(list, func(k PlatformKind) bool { return !slices.Contains(out, k) }); n >= 0 {
		return nil, InvalidField("platforms", "The platforms are web, ios and android; %q is none of them.", Preview(string(list[n]), 20))
	}
	return out, nil
}

// Offer changes the options of a dropdown. What is offered no more is retired, and what is offered again comes back; the oldest retired options
// beyond [MaxOptions] are forgotten here, not on the issues that hold them.
func (f CustomField) Offer(options []string) CustomField {
	gone := slices.DeleteFunc(slices.Concat(f.Retired, f.Options), func(o string) bool { return slices.Contains(options, o) })
	f.Options, f.Retired = options, gone[max(0, len(gone)-MaxOptions):]
	return f
}

func checkOptions(list []string) error {
	if len(list) < 1 || len(list) > MaxOptions {
		return InvalidField("options", "A dropdown has 1 to %d options.", MaxOptions)
	}
	for n, o := range list {
		if o == "" || utf8.RuneCountInString(o) > 255 || !utf8.ValidString(o) || strings.TrimSpace(o) != o || hasControl(o) {
			return InvalidField("options", "Option %d must have 1 to 255 characters on one line, without spaces around them.", n+1)
		}
		if slices.Contains(list[:n], o) {
			return InvalidField("options", "The option %q is there twice.", o)
		}
	}
	return nil
}

// Take returns the value that a page or a program gives for the field, as decoded from JSON, in the form in which it is kept.
func (f CustomField) Take(t FieldType, v any) (FieldValue, error) {
	if t != f.Type {
		return FieldValue{}, InvalidField(f.Key, "The field has the type %s, not %q.", f.Type, t)
	}
	text, ok := f.text(v)
	if !ok {
		return FieldValue{}, InvalidField(f.Key, "%s", fieldHints[f.Type])
	}
	return FieldValue{Type: f.Type, Value: text}, nil
}

var fieldHints = map[FieldType]string{
	SingleLine: "The value must be a text of at most 255 characters on one line.",
	MultiLine:  "The value must be a text of at most 100,000 characters.",
	Number:     "The value must be a number written as a text, for example \"12.5\".",
	Dropdown:   "The value must be one of the field's options.",
	Date:       "The value must be a moment in Unix milliseconds.",
	Checkbox:   "The value must be true or false.",
}

func (f CustomField) text(v any) (string, bool) {
	switch f.Type {
	case SingleLine:
		s, ok := v.(string)
		return s, ok && utf8.ValidString(s) && utf8.RuneCountInString(s) <= 255 && !hasControl(s)
	case MultiLine:
		s, ok := v.(string)
		return s, ok && utf8.ValidString(s) && utf8.RuneCountInString(s) <= 100_000 && !strings.ContainsRune(s, 0)
	case Dropdown:
		s, ok := v.(string)
		return s, ok && slices.Contains(f.Options, s)
	case Checkbox:
		b, ok := v.(bool)
		return strconv.FormatBool(b), ok
	case Number:
		s, ok := v.(string)
		n, err := strconv.ParseFloat(s, 64)
		return s, ok && err == nil && len(s) <= 40 && strings.Trim(s, "0123456789.+-eE") == "" && !math.IsInf(n, 0)
	case Date:
		n, ok := v.(float64)
		return strconv.FormatInt(int64(n), 10), ok && n == math.Trunc(n) && math.Abs(n) <= maxDate
	}
	return "", false
}

// maxDate is the last millisecond of the year 9999.
const maxDate = 253402300799999

// Words is the value as people read it: a date as YYYY-MM-DD.
func (v FieldValue) Words() string {
	if n, err := strconv.ParseInt(v.Value, 10, 64); v.Type == Date && err == nil {
		return Millis(n).Time().Format(time.DateOnly)
	}
	return v.Value
}
