package agentapi

import (
	"slices"

	"rejoin/web"
)

// Operations describes every address of the API, with the permission that its route states.
func Operations() []web.Operation {
	list := slices.Concat(
		grouped("Signing in", operationsOfSession()), grouped("Yourself", operationsOfProfile()), grouped("Inbox", operationsOfInbox()),
		grouped("Conversations", operationsOfThreads()), grouped("Saved replies", operationsOfReplies()), grouped("Users", operationsOfUsers()),
		grouped("Team", operationsOfTeam()), grouped("Apps", operationsOfApps()), grouped("Tags and fields", operationsOfLabels()),
		grouped("Queues", operationsOfQueues()), grouped("Bots", operationsOfBots()), grouped("Automations", operationsOfRules()),
		grouped("Reports", operationsOfReports()), grouped("API keys", operationsOfKeys()), grouped("Webhooks", operationsOfWebhooks()),
		grouped("The server", operationsOfServer()))
	needs := map[string]string{}
	for _, r := range (&API{}).routes() {
		needs[r.pattern] = string(r.may)
	}
	for i := range list {
		list[i].Needs = needs[list[i].Pattern]
		if list[i].Needs != string(anybody) {
			list[i].Bearer = web.MustBearer
		}
	}
	return list
}

func grouped(name string, list []web.Operation) []web.Operation {
	for i := range list {
		list[i].Group = name
	}
	return list
}

// nothing is the body {} of what needs no words, and the answer that says nothing.
var nothing struct{}

// had is what the client has of a conversation: the answer holds what lies after.
func had() []web.Parameter {
	return []web.Parameter{
		{Name: "after", Kind: web.Number, Says: "Messages after this seq; without it the newest 50."},
		{Name: "after_event", Kind: web.Number, Says: "Events of the timeline after this one; without it the newest 200."},
		{Name: "version", Kind: web.Number, Says: "The newest version that the client has: finds what was edited or taken back since."},
	}
}

func cursor() web.Parameter {
	return web.Parameter{Name: "cursor", Says: "The next of an earlier page; without it the first page."}
}

// within narrows a list to a span of time.
func within() []web.Parameter {
	return []web.Parameter{{Name: "from", Kind: web.Number, Says: "Not before this moment, in Unix milliseconds."},
		{Name: "to", Kind: web.Number, Says: "Before this moment, in Unix milliseconds."}}
}

func operationsOfSession() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/sign-in/options", Name: "signInOptions", Out: SignInOptions{}, Says: "Tells which ways there are to sign in."},
		{Pattern: "POST /agent/v1/sign-in", Name: "signIn", In: SignIn{}, Out: Me{}, Says: "Signs in: sets the session's cookie."},
		{Pattern: "POST /agent/v1/sign-out", Name: "signOut", In: nothing, Out: nothing, Says: "Ends the session. It is no error if it has ended already."},
		{Pattern: "GET /agent/v1/sso/start", Name: "startSSO", Status: 303, Says: "Goes to the provider of single sign-on.",
			Query: []web.Parameter{{Name: "back", Says: "The path of the dashboard to come back to."}}},
		{Pattern: "GET /agent/v1/sso/callback", Name: "finishSSO", Status: 303, Says: "Where the provider sends the browser back. Sets the session's cookie.",
			Query: []web.Parameter{{Name: "code", Says: "Of the provider."}, {Name: "state", Says: "Of the attempt."}, {Name: "error", Says: "Of the provider, if it refuses."}}},
		{Pattern: "GET /agent/v1/me", Name: "me", Out: Me{}, Says: "Tells who is signed in, with the colleagues and apps of the domain."},
		{Pattern: "GET /agent/v1/socket", Name: "socket",
			Says: "Opens a WebSocket (RFC 6455) with text frames. The server sends frames of the type Frame, the first one with the type welcome; the client sends Watch to follow one conversation."},
		{Pattern: "POST /agent/v1/tokens/look", Name: "lookToken", In: LookToken{}, Out: Invited{}, Says: "Tells what the link of an invitation or of a forgotten password is for."},
		{Pattern: "POST /agent/v1/invitations/accept", Name: "acceptInvitation", In: Accept{}, Out: Me{}, Says: "Accepts an invitation: makes the agent, and signs in."},
		{Pattern: "POST /agent/v1/password/forgot", Name: "forgotPassword", In: ForgotPassword{}, Out: nothing, Says: "Sends a link for a new password, if there is such an agent. The answer is the same if there is none."},
		{Pattern: "POST /agent/v1/password/reset", Name: "resetPassword", In: NewPassword{}, Out: nothing, Says: "Sets the password of the agent who holds the link, and ends all of their sessions."},
		{Pattern: "POST /agent/v1/setup/check", Name: "checkSetup", In: CheckSetup{}, Out: nothing, Says: "Tells whether a link opens the first run of this installation."},
		{Pattern: "POST /agent/v1/setup", Name: "setUp", In: Setup{}, Out: Me{}, Says: "The first run: makes the domain, its first app and its administrator, and signs them in."},
	}
}

func operationsOfProfile() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/profile", Name: "getProfile", Out: Profile{}, Says: "What agents set for themselves, and the browsers in which they are signed in."},
		{Pattern: "PUT /agent/v1/profile", Name: "setProfile", In: SetProfile{}, Out: Profile{}, Says: "Changes your name and the nickname that users read."},
		{Pattern: "POST /agent/v1/profile/available", Name: "setAvailable", In: SetAvailable{}, Out: Me{}, Says: "Says whether queues may give you conversations."},
		{Pattern: "POST /agent/v1/profile/password", Name: "changePassword", In: ChangePassword{}, Out: Profile{}, Says: "Changes your password, and ends your other sessions."},
		{Pattern: "POST /agent/v1/profile/sessions/{session}/revoke", Name: "endSession", In: nothing, Out: Profile{}, Says: "Ends one of your sessions; all stands for every other one."},
		{Pattern: "POST /agent/v1/profile/two-factor", Name: "beginTwoFactor", In: TwoFactorProof{}, Out: TwoFactorSetup{}, Says: "Makes a secret for an authenticator. It is asked for once it is confirmed."},
		{Pattern: "POST /agent/v1/profile/two-factor/confirm", Name: "confirmTwoFactor", In: TwoFactorProof{}, Out: RecoveryCodes{}, Says: "Switches the second factor on, with a code that shows that it works."},
		{Pattern: "POST /agent/v1/profile/two-factor/off", Name: "endTwoFactor", In: TwoFactorProof{}, Out: Profile{}, Says: "Switches the second factor off."},
		{Pattern: "POST /agent/v1/profile/two-factor/recovery", Name: "renewRecoveryCodes", In: TwoFactorProof{}, Out: RecoveryCodes{}, Says: "Makes new recovery codes; the old ones are good for nothing any more."},
	}
}

func operationsOfServer() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/jobs/dead", Name: "listDeadJobs", Out: DeadJobs{}, Says: "Work of the server that was given up, with the reason."},
		{Pattern: "GET /agent/v1/audit", Name: "listAudit", Out: AuditLog{}, Says: "What administrators have done, newest first, 50 a page.",
			Query: append([]web.Parameter{cursor(), {Name: "agent", Says: "Only what this agent did, by id."}, {Name: "act", Says: "Only acts of this kind."}}, within()...)},
	}
}
