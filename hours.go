package rejoin

// BusinessHours is when an app's people are there. It is stored with the app's settings.
type BusinessHours struct {
	On       bool      `json:"on"`
	Zone     string    `json:"zone"`     // IANA name
	Week     [7][]Span `json:"week"`     // from Sunday; none is closed all day
	Holidays []Holiday `json:"holidays"` // by date; they take the place of the day's hours
	Outside  Outside   `json:"outside"`
}

// Span is a part of a day, in minutes after local midnight: from 0 to 1440, the end not included. The spans of a day are in order and do not touch.
type Span struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Holiday is a day with hours of its own.
type Holiday struct {
	Date  string `json:"date"` // YYYY-MM-DD
	Name  string `json:"name"` // for agents; 0 to 60 characters
	Hours []Span `json:"hours,omitempty"`
}

// Outside is what visitors meet outside of the hours. Whoever comes by a return link always finds the conversation open, and so does whoever has one that is open.
type Outside string

const (
	OutsideAnnounce Outside = "announce" // the chat says when people are back, and takes the message
	OutsideQuiet    Outside = "quiet"    // as within the hours: automations may announce it
	OutsideHide     Outside = "hide"     // no launcher and no new conversations (reference §1.2)
)

// DefaultHours is what an app that has set none begins with: switched off.
func DefaultHours() BusinessHours {
	h := BusinessHours{Zone: "UTC", Holidays: []Holiday{}, Outside: OutsideAnnounce}
	for day := range h.Week {
		h.Week[day] = []Span{}
		if day > 0 && day < 6 {
			h.Week[day] = []Span{{From: 9 * 60, To: 17 * 60}}
		}
	}
	return h
}
