package agentapi

import "rejoin"

// Member is a colleague: GET /agent/v1/team. Everybody may see the list, deactivated colleagues included; the fields of signing in, two_factor and
// seen_at, are filled for administrators.
type Member struct {
	ID          string        `json:"id"`
	Name        string        `json:"name"`
	Nickname    string        `json:"nickname,omitempty"`
	Email       string        `json:"email"`
	Role        rejoin.Role   `json:"role"`
	Available   bool          `json:"available"`
	TwoFactor   bool          `json:"two_factor"`
	SeenAt      rejoin.Millis `json:"seen_at,omitempty"` // newest request of any session they are signed in with
	Deactivated rejoin.Millis `json:"deactivated_at,omitempty"`
	OpenIssues  int64         `json:"open_issues"`
}

// Team is the domain's people, and who is invited. PUT /agent/v1/team/{agent}, POST …/{agent}/deactivate, …/reactivate, …/reset-two-factor,
// POST /agent/v1/invitations, POST …/{invitation}/resend and DELETE …/{invitation} answer it too. For administrators but the GET, which shows
// invitations to nobody else. Those without words take {}.
type Team struct {
	Members     []Member     `json:"members"`
	Invitations []Invitation `json:"invitations"`
}

// SetMember is PUT /agent/v1/team/{agent}. The last administrator stays one.
type SetMember struct {
	Name     string      `json:"name"`
	Nickname string      `json:"nickname"`
	Role     rejoin.Role `json:"role"`
}

// Invitation waits for somebody to accept it. It is good for seven days after its e-mail; an expired one stays in the list, to be sent again.
// Its link works for the newest e-mail only.
type Invitation struct {
	ID        string           `json:"id"`
	Email     string           `json:"email"`
	Role      rejoin.Role      `json:"role"`
	InvitedBy string           `json:"invited_by"`
	Mail      rejoin.MailState `json:"mail"`
	CreatedAt rejoin.Millis    `json:"created_at"`
	ExpiresAt rejoin.Millis    `json:"expires_at"`
}

// Invite is POST /agent/v1/invitations.
type Invite struct {
	Email string      `json:"email"`
	Role  rejoin.Role `json:"role"`
}

// Invited is what the link of an invitation or of a password reset shows: POST /agent/v1/tokens/look {token}, for anybody.
// The links are <server>/welcome#<token> and <server>/new-password#<token>.
// A link that is used up, expired or withdrawn answers not_found, with a sentence that says what to do.
type Invited struct {
	Kind      rejoin.AgentTokenKind `json:"kind"`
	Domain    string                `json:"domain"`
	Email     string                `json:"email"`
	InvitedBy string                `json:"invited_by,omitempty"`
}

// LookToken is the body of that.
type LookToken struct {
	Token string `json:"token"`
}

// Accept is POST /agent/v1/invitations/accept, for anybody: makes the agent and signs in. Answers Me.
type Accept struct {
	Token    string `json:"token"`
	Name     string `json:"name"`
	Password string `json:"password"`
}

// ForgotPassword is POST /agent/v1/password/forgot, for anybody. The answer is {} whether there is such an agent or not.
type ForgotPassword struct {
	Email string `json:"email"`
}

// NewPassword is POST /agent/v1/password/reset, for anybody: ends all sessions of the agent. Answers {}; they sign in afterwards, with their
// second factor where they have one. The link is good for an hour and once.
type NewPassword struct {
	Token    string `json:"token"`
	Password string `json:"password"`
}

// Profile is GET /agent/v1/profile: what agents set for themselves.
type Profile struct {
	Name          string         `json:"name"`
	Nickname      string         `json:"nickname"`
	Email         string         `json:"email"`
	HasPassword   bool           `json:"has_password"`
	TwoFactor     bool           `json:"two_factor"`
	RecoveryCodes int            `json:"recovery_codes"` // left
	Sessions      []AgentSession `json:"sessions"`
}

// SetProfile is PUT /agent/v1/profile. Answers Profile.
type SetProfile struct {
	Name     string `json:"name"`
	Nickname string `json:"nickname"`
}

// SetAvailable is POST /agent/v1/profile/available. Answers Me; everybody's Me.agents say who is available.
type SetAvailable struct {
	Available bool `json:"available"`
}

// ChangePassword is POST /agent/v1/profile/password: ends the agent's other sessions. Answers Profile.
type ChangePassword struct {
	Old string `json:"old"`
	New string `json:"new"`
}

// AgentSession is a signed-in browser. POST /agent/v1/profile/sessions/{session}/revoke ends it; all stands for every other one. Answers Profile.
type AgentSession struct {
	ID        string        `json:"id"`
	Device    string        `json:"device"`
	Current   bool          `json:"current"`
	CreatedAt rejoin.Millis `json:"created_at"`
	SeenAt    rejoin.Millis `json:"seen_at"`
}

// TwoFactorSetup is POST /agent/v1/profile/two-factor with {password}: a secret to be put into an authenticator, not asked for before
// POST …/two-factor/confirm {code} has shown that it works, which answers RecoveryCodes. POST …/two-factor/off and …/two-factor/recovery take
// {password, code}; off answers Profile, recovery makes new codes. On and off end the agent's other sessions. What is wrong is invalid, with the
// field password or code. Agents without a password get a conflict: single sign-on has its own second factor.
type TwoFactorSetup struct {
	Secret string `json:"secret"` // base32
	URL    string `json:"url"`    // otpauth://
	QR     string `json:"qr"`     // data: address of a PNG
}

// TwoFactorProof is what those take.
type TwoFactorProof struct {
	Password string `json:"password,omitempty"`
	Code     string `json:"code,omitempty"` // six digits; for off and recovery also a recovery code
}

// RecoveryCodes are shown once. Each signs in once in place of a code.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// SignInOptions is GET /agent/v1/sign-in/options, for anybody. Single sign-on begins at GET /agent/v1/sso/start?back=<path> and comes back to
// /agent/v1/sso/callback, which sets the session cookie and goes to the path, or to /sign-in?problem=<code>, a
// rejoin.SSOProblem.
type SignInOptions struct {
	SSO      string `json:"sso,omitempty"` // the name on its button; empty if there is none
	FirstRun bool   `json:"first_run"`     // nobody has set this installation up yet: go to /setup
	Reset    bool   `json:"reset"`         // passwords can be reset by e-mail
}

func wireOfTeam() []any {
	return []any{Team{}, SetMember{}, Invite{}, Invited{}, LookToken{}, Accept{}, ForgotPassword{}, NewPassword{}, Profile{}, SetProfile{}, SetAvailable{}, ChangePassword{}, TwoFactorSetup{}, TwoFactorProof{}, RecoveryCodes{}, SignInOptions{}}
}
