package agentapi

import "rejoin"

// UserData is what is held on a user, in numbers: GET /agent/v1/users/{user}/data, for administrators. It is what a person who asks is told about, what
// GET /agent/v1/users/{user}/export packs up (a zip file: data.json and the files; the answer is a download, and noted in the audit log), and what an
// erasure takes away.
type UserData struct {
	UserID        string        `json:"user_id"`
	Name          string        `json:"name"`
	Email         string        `json:"email"`
	Confirm       string        `json:"confirm"` // what EraseUser wants typed: the address, else the name, else the user's id
	Conversations int64         `json:"conversations"`
	Messages      int64         `json:"messages"`
	Notes         int64         `json:"notes"`
	Files         int64         `json:"files"`
	FileBytes     int64         `json:"file_bytes"`
	Emails        int64         `json:"emails"`               // follow-up e-mails that were sent
	Browsers      int64         `json:"browsers"`             // sessions that are signed in or would be known again
	Suppressed    bool          `json:"suppressed,omitempty"` // mail to the address is refused; that is kept, as a hash
	ErasedAt      rejoin.Millis `json:"erased_at,omitempty"`  // there is nothing left but what may be kept
}

// EraseUser is POST /agent/v1/users/{user}/erase, for administrators: everything written in the user's conversations, and everything that tells who
// they are, is gone for good. The answer is UserData as it is now. Erasing twice does no harm.
type EraseUser struct {
	Confirm string `json:"confirm"` // UserData.confirm as it was typed; case does not matter
}

func wireOfPrivacy() []any {
	return []any{UserData{}, EraseUser{}}
}
