package rejoin

// ChatLink opens the chat in a browser, from a code that is scanned or a message that is tapped, without a page of the company around it (reference §2.10).
// The link holds a token, we keep its SHA-256.
type ChatLink struct {
	TokenHash  string
	DomainID   string
	AppID      string
	PlatformID string // the app's web platform
	Opening    ChatOpening
	CreatedBy  string // the API key's id
	CreatedAt  Millis
	ExpiresAt  Millis
	Views      int64 // pages that were opened with it
	MaxViews   int64 // zero for any number
}

// ChatOpening is what the chat begins with, by the names of rejoinConfig (reference §2.2). Whom it names is believed as little as if a page said so: with
// identity verification on, the user's token has to be there and right.
type ChatOpening struct {
	UserID         string                  `json:"userId,omitempty"`
	UserEmail      string                  `json:"userEmail,omitempty"`
	UserName       string                  `json:"userName,omitempty"`
	UserAuthToken  string                  `json:"userAuthToken,omitempty"`
	Language       string                  `json:"language,omitempty"`
	InitialMessage string                  `json:"initialUserMessage,omitempty"`
	InitiateChat   bool                    `json:"initiateChatOnLoad,omitempty"`
	Tags           []string                `json:"tags,omitempty"`
	Fields         map[string]OpeningField `json:"cifs,omitempty"`
	Metadata       OpeningMeta             `json:"metadata,omitzero"`
}

// OpeningField is a custom issue field as a page gives it.
type OpeningField struct {
	Type  FieldType `json:"type"`
	Value any       `json:"value"`
}

// OpeningMeta is what agents are told besides.
type OpeningMeta struct {
	Custom map[string]string `json:"custom,omitempty"`
}

// Limits of links into the chat (reference §2.10).
const (
	MaxLinkViews   = 32767
	MaxLinkMessage = 500 // characters of the message a link begins a conversation with
)
