package agentapi

import (
	"io"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// privacy is what a user may ask of the company: to know, to have and to erase what is held on them.
type privacy struct{ *API }

func (a privacy) routes() []route {
	return []route{
		{"GET /agent/v1/users/{user}/data", rejoin.Administer, a.data},
		{"GET /agent/v1/users/{user}/export", rejoin.Administer, a.export},
		{"POST /agent/v1/users/{user}/erase", rejoin.Administer, a.erase},
	}
}

func (a privacy) data(c call) (any, error) {
	user, err := c.userID()
	if err != nil {
		return nil, err
	}
	return userData(a.Core.Privacy.Data(c.r.Context(), c.agent, user))
}

func userData(h core.Held, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return UserData{UserID: h.User.ID, Name: h.User.Name, Email: h.User.Email, Confirm: h.Confirm, Conversations: h.Conversations, Messages: h.Messages,
		Notes: h.Notes, Files: h.Files, FileBytes: h.FileBytes, Emails: h.Emails, Browsers: h.Browsers, Suppressed: h.Suppressed, ErasedAt: h.ErasedAt}, nil
}

// export sends the zip file as it is made.
func (a privacy) export(c call) (any, error) {
	user, err := c.userID()
	if err != nil {
		return nil, err
	}
	x, err := a.Core.Privacy.Export(c.r.Context(), c.agent, user)
	if err != nil {
		return nil, err
	}
	a.frame.Stream(c.w, c.r, x.UserID+".zip", "application/zip", func(w io.Writer) error { return x.WriteTo(c.r.Context(), w) })
	return nil, nil
}

func (a privacy) erase(c call) (any, error) {
	user, err := c.userID()
	if err != nil {
		return nil, err
	}
	var in EraseUser
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return userData(a.Core.Privacy.Erase(c.r.Context(), c.agent, user, in.Confirm))
}
