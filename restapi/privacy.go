package restapi

import (
	"io"

	"rejoin"
	"rejoin/web"
)

// ErasedUser is what is left of a user.
type ErasedUser struct {
	ID       string        `json:"id"`
	ErasedAt rejoin.Millis `json:"erased_at"`
	Issues   int64         `json:"issues"` // that are kept, without anything that was written in them
}

// privacy is what a user may ask of the company: to have and to erase what is held on them.
type privacy struct{ *API }

func (a privacy) routes() []route {
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/users/{user}/export", Name: "exportUser", Group: "Users", Needs: "write", Out: web.File{Type: "application/zip"},
			Says: "Everything that is held on the user, as a zip file: data.json and the files. The key has to write, too: who has asked is in the audit log."}, a.export},
		{web.Operation{Pattern: "DELETE /v1/{domain}/users/{user}", Name: "eraseUser", Group: "Users", Out: ErasedUser{},
			Says: "Erases the user for good: all that was written in their issues, by whomever, the files, and what tells who they are. Open issues are rejected. A repeat changes nothing."}, a.erase},
	}
}

// export sends the zip file as it is made.
func (a privacy) export(c call) (any, error) {
	x, err := a.Core.Privacy.Export(c.r.Context(), c.agent, c.r.PathValue("user"))
	if err != nil {
		return nil, err
	}
	a.frame.Stream(c.w, c.r, x.UserID+".zip", "application/zip", func(w io.Writer) error { return x.WriteTo(c.r.Context(), w) })
	return nil, nil
}

func (a privacy) erase(c call) (any, error) {
	h, err := a.Core.Privacy.Erase(c.r.Context(), c.agent, c.r.PathValue("user"), "")
	if err != nil {
		return nil, err
	}
	return ErasedUser{ID: h.User.ID, ErasedAt: h.ErasedAt, Issues: h.Conversations}, nil
}
