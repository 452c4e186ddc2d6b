package agentapi

import "rejoin"

// AppPlatform is one way to reach an app: GET /agent/v1/apps/{app}/platforms, for administrators.
type AppPlatform struct {
	ID        string              `json:"id"` // public: what clients send
	Kind      rejoin.PlatformKind `json:"kind"`
	Off       bool                `json:"off,omitempty"` // no new conversations begin there
	HostedURL string              `json:"hosted_url"`
	SeenAt    rejoin.Millis       `json:"seen_at,omitempty"` // when a client has asked for it, to the hour
	Issues    int64               `json:"issues"`            // at most 10,000 counted
	CreatedAt rejoin.Millis       `json:"created_at"`
}

// AppPlatforms is the app's platforms: web, ios, android.
type AppPlatforms struct {
	Platforms []AppPlatform `json:"platforms"`
}

// NewPlatform is POST /agent/v1/apps/{app}/platforms, for administrators: ios or android; an app has at most one of each. Answers AppPlatforms.
type NewPlatform struct {
	Kind rejoin.PlatformKind `json:"kind"`
}

// SetPlatform is PUT /agent/v1/apps/{app}/platforms/{platform}, for administrators. The web platform cannot be off: it has ShowWidget. Answers
// AppPlatforms.
type SetPlatform struct {
	Off bool `json:"off"`
}

func wireOfPlatforms() []any {
	return []any{AppPlatforms{}, NewPlatform{}, SetPlatform{}}
}
