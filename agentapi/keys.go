package agentapi

import (
	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// keys is programs' access to the REST API.
type keys struct{ *API }

// routes are the domain's keys and their limit.
func (a keys) routes() []route {
	return []route{
		{"GET /agent/v1/api-keys", rejoin.Administer, a.list},
		{"POST /agent/v1/api-keys", rejoin.Administer, a.add},
		{"DELETE /agent/v1/api-keys/{key}", rejoin.Administer, a.revoke},
		{"PUT /agent/v1/api-keys/limit", rejoin.Administer, a.limit},
	}
}

func (a keys) list(c call) (any, error) {
	return keysOf(a.Core.Keys.Page(c.r.Context(), c.agent))
}

func (a keys) add(c call) (any, error) {
	var in NewAPIKey
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return keysOf(a.Core.Keys.Make(c.r.Context(), c.agent, in.Name, in.Access))
}

func (a keys) revoke(c call) (any, error) {
	id := c.r.PathValue("key")
	if !isID(id) {
		return nil, rejoin.Errorf(rejoin.NotFound, "There is no such key.")
	}
	return keysOf(a.Core.Keys.Revoke(c.r.Context(), c.agent, id))
}

func (a keys) limit(c call) (any, error) {
	var in SetAPILimit
	if err := web.ReadJSON(c.w, c.r, &in, maxSmall); err != nil {
		return nil, err
	}
	return keysOf(a.Core.Keys.SetLimit(c.r.Context(), c.agent, in.PerMinute))
}

func keysOf(p core.KeyPage, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return APIKeys{Key: p.Made, Base: p.Base, PerMinute: p.PerMinute, Keys: mapped(p.Keys, func(k rejoin.APIKey) APIKey {
		return APIKey{ID: k.ID, Name: k.Name, Access: k.Access, Hint: k.Hint, CreatedBy: k.CreatedBy, CreatedAt: k.CreatedAt, UsedAt: k.UsedAt, RevokedAt: k.RevokedAt}
	})}, nil
}
