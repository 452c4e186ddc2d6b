package agentapi

import "rejoin"

// APIKey is a program's key to the REST API, as administrators see it. The key itself is told once, when it is made.
type APIKey struct {
	ID        string           `json:"id"`
	Name      string           `json:"name"`
	Access    rejoin.KeyAccess `json:"access"`
	Hint      string           `json:"hint"` // the key's last four characters
	CreatedBy string           `json:"created_by"`
	CreatedAt rejoin.Millis    `json:"created_at"`
	UsedAt    rejoin.Millis    `json:"used_at,omitempty"`    // to the minute
	RevokedAt rejoin.Millis    `json:"revoked_at,omitempty"` // it is good for nothing any more
}

// APIKeys is GET /agent/v1/api-keys, for administrators: the valid ones first, newest first, then those revoked within 90 days.
type APIKeys struct {
	Keys      []APIKey `json:"keys"`
	Key       string   `json:"key,omitempty"` // to NewAPIKey: the key itself, now and never again
	Base      string   `json:"base"`          // where the API is: https://chat.example.com/v1/acme
	PerMinute int      `json:"per_minute"`    // requests that each key may make
}

// NewAPIKey is POST /agent/v1/api-keys. DELETE /agent/v1/api-keys/{key} revokes one, PUT /agent/v1/api-keys/limit takes SetAPILimit. All answer APIKeys.
type NewAPIKey struct {
	Name   string           `json:"name"`
	Access rejoin.KeyAccess `json:"access"`
}

// SetAPILimit is how many requests each key may make in a minute: 60 to 60,000.
type SetAPILimit struct {
	PerMinute int `json:"per_minute"`
}

func wireOfKeys() []any {
	return []any{APIKeys{}, NewAPIKey{}, SetAPILimit{}}
}
