package core

import "rejoin"

// destination is the page an e-mail's button opens. A page that is not on the platform's allowed origins, or whose address cannot stand in
// an e-mail, is never mailed: the hosted page stands in. Nobody can log in there, so whoever has logged in is led to the page where they began, or to the host site.
func (e *env) destination(s rejoin.FollowUpSettings, p rejoin.Platform, startURL string, to rejoin.User) string {
	page := ""
	switch {
	case s.Destination == rejoin.StartPage, to.LoggedIn() && s.Destination == rejoin.HostedPage:
		page = startURL
	case s.Destination == rejoin.CustomURL:
		page = s.CustomURL
	}
	if clean, ok := rejoin.CleanURL(page); ok && p.AllowedOrigins.Allow(clean) {
		return clean
	}
	if to.LoggedIn() && len(p.AllowedOrigins) > 0 {
		return p.AllowedOrigins[0] + "/"
	}
	return e.hostedURL(p)
}

func (e *env) hostedURL(p rejoin.Platform) string { return e.Config.PublicURL + "/c/" + p.ID }
