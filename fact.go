package rejoin

// Fact is one change of something that the follow-up decision depends on. Facts are kept so that the past can be decided again, with other
// settings. What each kind fills is said beside it; of messages no fact is stored, they are their own record.
//
// The facts of one act, which is one transaction, came true together.
type Fact struct {
	Act      string // an id whose end, from its underscore on, sorts in the order of time
	N        int64  // 1, 2, 3… in the act
	At       Millis // 0 means that it has been so for as long as anything is known
	DomainID string
	AppID    string // set by Wished and Unwished where the wish is about one app
	IssueID  string
	UserID   string
	Kind     FactKind
	Seq      int64
	Value    string
	Detail   string
}

// FactKind says what has become different.
type FactKind string

const (
	FactWritten   FactKind = "written"    // an outbound message of an issue: Seq, Value is its Origin, and Detail the author if that is Identity Bot
	FactTakenBack FactKind = "taken_back" // an outbound message of an issue is gone: Seq
	FactRead      FactKind = "read"       // the issue's read cursor is Seq
	FactRejected  FactKind = "rejected"   // the issue is rejected
	FactReopened  FactKind = "reopened"   // the issue is no longer rejected
	FactMoved     FactKind = "moved"      // the issue is UserID's; before it was the user's whose id is Value
	FactHeld      FactKind = "held"       // an agent holds the issue's follow-up
	FactReleased  FactKind = "released"   // and no longer
	FactSendNow   FactKind = "send_now"   // an agent wants it at once
	FactPresence  FactKind = "presence"   // of the user: Value is a Presence; only coming and going is noted
	FactAddress   FactKind = "address"    // of the user: Value, and Detail is its EmailSource
	FactWished    FactKind = "wished"     // a Suppression: Value is the address, Detail the SuppressionKind, with AppID and IssueID
	FactUnwished  FactKind = "unwished"   // the same, taken back
)
