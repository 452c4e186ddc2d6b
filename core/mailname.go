package core

import "rejoin"

// mailName is how an agent is called in e-mails to users: by nickname where there is one and the app's settings say so, else by name (reference §1.5).
func mailName(a rejoin.Agent, s rejoin.WebChatSettings) string {
	if s.PersonalizeNickname {
		return a.PublicName()
	}
	return a.Name
}

// mailNames are how the authors of messages are called in an e-mail. Messages carry the name that users read in the chat, which is the nickname.
func (u *unit) mailNames(list []rejoin.Message, s rejoin.WebChatSettings) (map[string]string, error) {
	names := map[string]string{}
	for _, m := range list {
		if m.Origin != rejoin.FromAgent || s.PersonalizeNickname {
			names[m.AuthorID] = m.AuthorName
			continue
		}
		if _, known := names[m.AuthorID]; known {
			continue
		}
		a, err := u.Agent(m.AuthorID)
		if rejoin.CodeOf(err) == rejoin.NotFound {
			names[m.AuthorID] = m.AuthorName
			continue
		}
		if err != nil {
			return nil, err
		}
		names[m.AuthorID] = mailName(a, s)
	}
	return names, nil
}
