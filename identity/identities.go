package identity

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a login token's identities, in characters and pieces. Reference §3.3.
const (
	maxIdentities    = 30
	maxIdentity      = 300
	maxMetadata      = 30
	maxMetadataKey   = 255
	maxMetadataValue = 255
)

// NamedIdentity is one thing by which the host site knows somebody.
type NamedIdentity struct {
	Identifier string            // uid, email, phone_number, steam_id…
	Value      string            // not empty; an email is in lower case
	Metadata   map[string]string // what the host site adds to it; may be nil
}

const knownIdentifiers = "uid, email, phone_number, facebook_id, discord_id, whatsapp_id, google_playstore_id, apple_gamecenter_id, nintendo_id, " +
	"psn_id, xbox_live_id, steam_id"

// readIdentities reads the claim identities and notes every mistake in problems.
func readIdentities(claim any, problems *JWTError) []NamedIdentity {
	list, ok := claim.([]any)
	if !ok || len(list) == 0 || len(list) > maxIdentities {
		problems.note(&problems.Invalid, "identities", "The claim identities must be a list of 1 to %d identities.", maxIdentities)
		return nil
	}
	var found []NamedIdentity
	seen := map[string]bool{}
	for i, entry := range list {
		id, ok := readIdentity(fmt.Sprintf("identities[%d]", i), entry, problems)
		if !ok {
			continue
		}
		key := id.Identifier
		if key != "uid" && key != "email" { // these two name the person: one each
			key += "=" + id.Value
		}
		if seen[key] {
			problems.note(&problems.Identities, id.Identifier, "The identity %s is there twice. Please send it once.", id.Identifier)
		}
		seen[key] = true
		found = append(found, id)
	}
	return found
}

func readIdentity(field string, entry any, problems *JWTError) (id NamedIdentity, ok bool) {
	object, isObject := entry.(map[string]any)
	if !isObject {
		problems.note(&problems.Invalid, field, "%s must be an object with an identifier and a value.", field)
		return id, false
	}
	value, ok := object["value"]
	if !ok {
		problems.note(&problems.Missing, field+".value", "%s has no value. Please add one or leave the identity out.", field)
	}
	identifier, found := object["identifier"]
	switch name, isText := identifier.(string); {
	case !found:
		problems.note(&problems.Missing, field+".identifier", "%s has no identifier. Please add one of %s.", field, knownIdentifiers)
		ok = false
	case !isText:
		problems.note(&problems.Invalid, field+".identifier", "%s.identifier must be text, one of %s.", field, knownIdentifiers)
		ok = false
	case ok:
		id.Identifier = name
		id.Value, ok = readValue(name, value, problems)
	}
	meta, fine := readMetadata(object["metadata"])
	if !fine {
		problems.note(&problems.Invalid, field+".metadata", "%s.metadata must be an object of at most %d texts, keys and values of at most %d characters without control characters.",
			field, maxMetadata, maxMetadataValue)
	}
	id.Metadata = meta
	return id, ok
}

func readValue(identifier string, value any, problems *JWTError) (string, bool) {
	if !isKnown(identifier) {
		problems.note(&problems.Identities, identifier, "The identifier %.40q is not known. Please use one of %s.", identifier, knownIdentifiers)
		return "", false
	}
	text, _ := value.(string) // what is no text is refused like the empty text
	ok, rule := true, fmt.Sprintf("text of 1 to %d characters without spaces at its ends", maxIdentity)
	switch identifier {
	case "uid":
		rule = fmt.Sprintf("text of 1 to %d characters without spaces at its ends, and not an e-mail address", maxUserID)
		text, ok = CleanUserID(text)
	case "email":
		rule = "an e-mail address without spaces around it"
		text, ok = CleanLoginEmail(text)
	default:
		ok = tidy(text) && utf8.RuneCountInString(text) <= maxIdentity
	}
	if !ok || text == "" {
		problems.note(&problems.Identities, identifier, "The value of %s must be %s.", identifier, rule)
		return "", false
	}
	return text, true
}

func isKnown(identifier string) bool {
	for known := range strings.SplitSeq(knownIdentifiers, ", ") {
		if identifier == known {
			return true
		}
	}
	return false
}

// readMetadata reads what may be missing.
func readMetadata(raw any) (map[string]string, bool) {
	if raw == nil {
		return nil, true
	}
	object, ok := raw.(map[string]any)
	if !ok || len(object) > maxMetadata {
		return nil, false
	}
	meta := make(map[string]string, len(object))
	for key, v := range object {
		value, ok := v.(string)
		if !ok || key == "" || utf8.RuneCountInString(key) > maxMetadataKey || utf8.RuneCountInString(value) > maxMetadataValue ||
			strings.ContainsFunc(key+value, unicode.IsControl) {
			return nil, false
		}
		meta[key] = value
	}
	return meta, true
}
