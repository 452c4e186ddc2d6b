package core

import (
	"slices"
	"strings"

	"rejoin"
)

// hideSecrets is the script as the dashboard gets to see it.
func hideSecrets(s rejoin.Script) rejoin.Script {
	steps := slices.Concat([]rejoin.Step{}, s.Steps)
	for n, step := range steps {
		if step.Request != nil {
			q := hideSecretsOf(*step.Request)
			steps[n].Request = &q
		}
	}
	s.Steps = steps
	return s
}

func hideSecretsOf(q rejoin.Request) rejoin.Request {
	if q.Secret != "" {
		q.Secret = rejoin.KeptSecret
	}
	q.Headers = slices.Clone(q.Headers)
	for n, h := range q.Headers {
		if h.Secret && h.Value != "" {
			q.Headers[n].Value = rejoin.KeptSecret
		}
	}
	return q
}

// keepSecrets puts those secrets back that the dashboard has not seen: from the draft, or from a published version.
func (u *unit) keepSecrets(one rejoin.Bot, s rejoin.Script) (rejoin.Script, error) {
	if !slices.ContainsFunc(s.Steps, func(step rejoin.Step) bool { return step.Request != nil && lacksSecrets(*step.Request) }) {
		return s, nil
	}
	before, err := u.scriptsOf(one)
	if err != nil {
		return s, err
	}
	s.Steps = slices.Clone(s.Steps)
	for n, step := range s.Steps {
		if step.Request != nil {
			q := keptSecrets(step.ID, *step.Request, before)
			s.Steps[n].Request = &q
		}
	}
	return s, nil
}

// scriptsOf is where the bot's secrets may be: the draft, then its versions.
func (u *unit) scriptsOf(one rejoin.Bot) ([]rejoin.Script, error) {
	list := []rejoin.Script{one.Draft}
	versions, err := u.BotVersions(one.ID, maxVersions)
	for _, v := range versions {
		list = append(list, v.Script)
	}
	return list, err
}

func lacksSecrets(q rejoin.Request) bool {
	return q.Secret == rejoin.KeptSecret || slices.ContainsFunc(q.Headers, func(h rejoin.Header) bool { return h.Value == rejoin.KeptSecret })
}

// keptSecrets is the request of a step with the secrets that it had. They go to the server that they were typed for, and to no other one: what cannot be
// found stays [rejoin.KeptSecret], which cannot be published.
func keptSecrets(stepID string, q rejoin.Request, before []rejoin.Script) rejoin.Request {
	q.Headers = slices.Clone(q.Headers)
	for _, s := range before {
		for _, step := range s.Steps {
			if step.ID != stepID || step.Request == nil || serverOf(step.Request.URL) != serverOf(q.URL) {
				continue
			}
			old := step.Request
			if q.Secret == rejoin.KeptSecret && old.Secret != "" {
				q.Secret = old.Secret
			}
			for n, h := range q.Headers {
				at := slices.IndexFunc(old.Headers, func(o rejoin.Header) bool { return o.Secret && strings.EqualFold(o.Name, h.Name) })
				if h.Value == rejoin.KeptSecret && at >= 0 {
					q.Headers[n].Value, q.Headers[n].Secret = old.Headers[at].Value, true
				}
			}
		}
	}
	return q
}

// serverOf is an address up to its path.
func serverOf(raw string) string {
	scheme, rest, _ := strings.Cut(raw, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return strings.ToLower(scheme + "://" + rest)
}
