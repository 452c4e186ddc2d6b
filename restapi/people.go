package restapi

import (
	"errors"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// Profile is an agent.
type Profile struct {
	ID        string        `json:"id"`
	Name      string        `json:"name"`
	Nickname  string        `json:"nickname"` // what users read instead of the name; may be empty
	Email     string        `json:"email"`
	Avatar    *string       `json:"avatar"` // always null
	Role      rejoin.Role   `json:"role"`   // administrator, supervisor or agent
	TeamName  *string       `json:"team_name"`
	Available bool          `json:"available"` // false: away, gets nothing new by itself
	CreatedAt rejoin.Millis `json:"created_at"`

	DeactivatedAt rejoin.Millis `json:"deactivated_at,omitempty"` // does not belong to the team any more
}

// ProfileList is a page of agents.
type ProfileList struct {
	Profiles []Profile `json:"profiles"`
	Paged
}

// User is somebody who writes to the company.
type User struct {
	ID            string             `json:"id"`
	AppID         string             `json:"app_id"`
	UID           string             `json:"uid"` // the company's own id; empty if it gave none
	Name          string             `json:"name"`
	Email         string             `json:"email"`
	EmailSource   rejoin.EmailSource `json:"email_source"` // how it is known: typed by the user, asserted by a page, verified by the company's server, given by a program that has begun a conversation; empty without an address
	Verified      bool               `json:"verified"`     // the latest login was signed
	Language      string             `json:"language"`
	TimeZone      string             `json:"timezone"`
	Attributes    map[string]any     `json:"attributes"`     // of scope global
	AppAttributes map[string]any     `json:"app_attributes"` // of scope app
	Identities    []Identity         `json:"identities,omitempty"`
	CreatedAt     rejoin.Millis      `json:"created_at"`
	SeenAt        rejoin.Millis      `json:"last_seen_at"`
}

// Identity is one more way in which the company knows a user.
type Identity struct {
	Identifier string            `json:"identifier"` // phone_number, discord_id and so on
	Value      string            `json:"value"`
	Metadata   map[string]string `json:"metadata,omitempty"`
}

// UserList is a page of users, those who came first before the others.
type UserList struct {
	Users []User `json:"users"`
	Paged
}

func (a directory) peopleRoutes() []route {
	userQuery := pageQuery(
		web.Parameter{Name: "email", Says: "Only users with this address, however it is known."},
		web.Parameter{Name: "uid", Says: "Only users with this id of the company's own."},
		web.Parameter{Name: "app-id", Says: "Only users of this app: id or publish_id."},
		web.Parameter{Name: "created-since", Kind: web.Number, Says: "Only users who came at this moment, in milliseconds, or later."},
		web.Parameter{Name: "created-until", Kind: web.Number, Says: "Only users who came before this moment."},
	)
	return []route{
		{web.Operation{Pattern: "GET /v1/{domain}/agents", Name: "listAgents", Group: "Agents", Out: ProfileList{}, Says: "The domain's agents by name.",
			Query: pageQuery(web.Parameter{Name: "include-deactivated", Kind: web.Flag, Says: "Those too who no longer belong to the team."})}, a.listAgents},
		{web.Operation{Pattern: "GET /v1/{domain}/agents/{agent}", Name: "getAgent", Group: "Agents", Out: Profile{},
			Says: "One agent, also if they no longer belong to the team."}, a.getAgent},
		{web.Operation{Pattern: "GET /v1/{domain}/users", Name: "listUsers", Group: "Users", Query: userQuery, Out: UserList{},
			Says: "The domain's users, those who came first before the others."}, a.listUsers},
		{web.Operation{Pattern: "GET /v1/{domain}/user-profiles", Name: "listUserProfiles", Group: "Users", Query: userQuery, Out: UserList{},
			Says: "The same as /users."}, a.listUsers},
		{web.Operation{Pattern: "GET /v1/{domain}/users/{user}", Name: "getUser", Group: "Users", Out: User{}, Says: "One user."}, a.getUser},
		{web.Operation{Pattern: "PUT /v1/{domain}/users/{user}", Name: "setUser", Group: "Users", Out: User{},
			Says: "Changes what is known of a user. What is not given stays. The address of somebody who has been logged in counts as verified, anybody else's as typed by themselves.",
			Form: []web.Parameter{
				{Name: "name", Says: "At most 255 characters; empty for nobody knows.", Example: "Ada Fisher"},
				{Name: "email", Says: "Empty for nobody knows, which is refused where the user is known by the address only."},
				{Name: "attributes", Kind: web.Object, Says: "Keys and values that are added to the attributes of scope global; null forgets one.", Example: `{"user_vip_segment":"gold"}`},
				{Name: "app-attributes", Kind: web.Object, Says: "The same for scope app."},
			}}, a.setUser},
	}
}

func profileOf(a rejoin.Agent) Profile {
	return Profile{ID: a.ID, Name: a.Name, Nickname: a.Nickname, Email: a.Email, Role: a.Role, Available: a.Available && a.Active(), CreatedAt: a.CreatedAt,
		DeactivatedAt: a.DeactivatedAt}
}

func (a directory) listAgents(c call) (any, error) {
	p, err := c.pageOf(100)
	if err != nil {
		return nil, err
	}
	gone, err := c.flag("include-deactivated", false)
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Directory.Agents(c.r.Context(), c.agent, gone)
	if err != nil {
		return nil, err
	}
	return ProfileList{mapped(of(p, list), profileOf), p.envelope(int64(len(list)))}, nil
}

func (a directory) getAgent(c call) (any, error) {
	agent, err := a.Core.Directory.Agent(c.r.Context(), c.agent, c.r.PathValue("agent"))
	if err != nil {
		return nil, err
	}
	return profileOf(agent), nil
}

func userOf(u rejoin.User) User {
	return User{ID: u.ID, AppID: u.AppID, UID: u.ExternalID, Name: u.Name, Email: u.Email, EmailSource: u.EmailSource, Verified: u.Verified, Language: u.Language,
		TimeZone: u.TimeZone, Attributes: orEmpty(u.Attributes.Global), AppAttributes: orEmpty(u.Attributes.App), CreatedAt: u.CreatedAt, SeenAt: u.SeenAt}
}

func orEmpty(m map[string]any) map[string]any {
	if m == nil {
		return map[string]any{}
	}
	return m
}

func entryOf(e core.UserEntry) User {
	out := userOf(e.User)
	for _, n := range e.Identities {
		out.Identities = append(out.Identities, Identity{n.Identifier, n.Value, n.Metadata})
	}
	return out
}

func (a directory) listUsers(c call) (any, error) {
	p, err := c.pageOf(100)
	if err != nil {
		return nil, err
	}
	in := core.UserSearch{App: c.text("app-id"), Email: c.text("email"), ExternalID: c.text("uid"), After: p.after(), Limit: int(p.size)}
	if in.From, err = c.millis("created-since"); err != nil {
		return nil, err
	}
	if in.To, err = c.millis("created-until"); err != nil {
		return nil, err
	}
	list, err := a.Core.Directory.Users(c.r.Context(), c.agent, in)
	if err != nil {
		return nil, named(err, "app-id")
	}
	return UserList{mapped(list.Users, userOf), p.envelope(list.Hits)}, nil
}

// named is for a parameter that names what does not exist: the program has sent something wrong.
func named(err error, parameter string) error {
	if e, ok := errors.AsType[*rejoin.Error](err); ok && e.Code == rejoin.NotFound {
		return &rejoin.Error{Code: rejoin.Invalid, Field: parameter, Text: e.Text}
	}
	return err
}

func (a directory) getUser(c call) (any, error) {
	entry, err := a.Core.Directory.User(c.r.Context(), c.agent, c.r.PathValue("user"))
	if err != nil {
		return nil, err
	}
	return entryOf(entry), nil
}

func (a directory) setUser(c call) (any, error) {
	var in core.UserChange
	if c.given("name") {
		in.Name = new(c.text("name"))
	}
	if c.given("email") {
		in.Email = new(c.text("email"))
	}
	if err := c.decode("attributes", &in.Attributes, `{"user_vip_segment":"gold"}`); err != nil {
		return nil, err
	}
	if err := c.decode("app-attributes", &in.AppData, `{"user_level":"5"}`); err != nil {
		return nil, err
	}
	entry, err := a.Core.Directory.SetUser(c.r.Context(), c.agent, c.r.PathValue("user"), in)
	if err != nil {
		return nil, err
	}
	return entryOf(entry), nil
}
