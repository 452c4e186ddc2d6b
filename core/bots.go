package core

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"rejoin"
	"rejoin/bot"
	"rejoin/store"
)

// BotState is a bot with how much it does at present.
type BotState struct {
	rejoin.Bot
	Running int64 // conversations it is in
}

// BotPage is a bot as its page shows it. Secrets are not in it.
type BotPage struct {
	BotState
	Problems []bot.Problem // why the draft cannot be published
	UsedBy   []string      // what starts it, in words
}

// BotVersionState is a published version with how much it does at present. Secrets are not in it.
type BotVersionState struct {
	rejoin.BotVersion
	Running int64
}

const (
	maxDraft    = 512 << 10 // bytes of JSON
	maxVersions = 50        // shown
	anyRevision = -1
)

func noBot() error { return rejoin.Errorf(rejoin.NotFound, "There is no such bot.") }

// List returns the domain's bots by name, archived ones too, without their drafts' secrets.
func (b *Bots) List(ctx context.Context, a rejoin.Agent) (list []BotState, err error) {
	err = b.read(ctx, func(u *unit) error {
		list = nil
		counts, err := u.RunningBots(a.DomainID)
		if err != nil {
			return err
		}
		bots, err := u.Tx.Bots(a.DomainID)
		for _, one := range bots {
			one.Draft = hideSecrets(one.Draft)
			list = append(list, BotState{one, runningOf(counts, one.ID, 0)})
		}
		return err
	})
	return list, err
}

// runningOf counts the conversations that a version of a bot is in, or all of its versions if it is zero.
func runningOf(counts []store.BotVersionCount, id string, version int64) (n int64) {
	for _, c := range counts {
		if c.BotID == id && (version == 0 || c.Version == version) {
			n += c.Running
		}
	}
	return n
}

// Page returns one bot, for administrators.
func (b *Bots) Page(ctx context.Context, a rejoin.Agent, id string) (p BotPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = b.read(ctx, func(u *unit) error {
		one, err := u.ownBot(a, id, u.Bot)
		if err != nil {
			return err
		}
		p, err = u.botPage(one)
		return err
	})
	return p, err
}

func (u *unit) ownBot(a rejoin.Agent, id string, load func(string) (rejoin.Bot, error)) (rejoin.Bot, error) {
	if !storable(id) {
		return rejoin.Bot{}, noBot()
	}
	one, err := load(id)
	if err == nil && one.DomainID != a.DomainID {
		return rejoin.Bot{}, noBot()
	}
	return one, err
}

func (u *unit) botPage(one rejoin.Bot) (p BotPage, err error) {
	counts, err := u.RunningBots(one.DomainID)
	if err != nil {
		return p, err
	}
	names, err := u.names(one.DomainID)
	if err != nil {
		return p, err
	}
	p.Problems = bot.Check(one.Draft, one.Kind, names.known(one.ID))
	if p.UsedBy, err = u.usersOfBot(names, one); err != nil {
		return p, err
	}
	one.Draft = hideSecrets(one.Draft)
	p.BotState = BotState{one, runningOf(counts, one.ID, 0)}
	return p, nil
}

// known is what a bot's script may name.
func (n domainNames) known(besides string) bot.Known {
	k := bot.Known{Bots: map[string]bool{}, Queues: map[string]bool{}, Agents: map[string]bool{}, Tags: map[string]bool{}, Fields: map[string]bool{}}
	for _, b := range n.bots {
		k.Bots[b.ID] = startable(b) && b.ID != besides
	}
	for _, q := range n.queues {
		k.Queues[q.ID] = q.ArchivedAt == 0
	}
	for _, a := range n.agents {
		k.Agents[a.ID] = a.DeactivatedAt == 0
	}
	for _, t := range n.tags {
		k.Tags[t.Name] = t.ArchivedAt == 0
	}
	for _, f := range n.fields {
		k.Fields[f.Key] = f.ArchivedAt == 0
	}
	return k
}

// usersOfBot says what starts the bot: automations, other bots that are published, apps.
func (u *unit) usersOfBot(n domainNames, one rejoin.Bot) (list []string, err error) {
	rules, err := u.Tx.Rules(one.DomainID)
	if err != nil {
		return nil, err
	}
	for _, r := range rules {
		if slices.ContainsFunc(r.Actions, func(a rejoin.Action) bool { return a.BotID == one.ID }) {
			list = append(list, "Automation: "+r.Name)
		}
	}
	for _, o := range n.bots {
		if o.Version == 0 || o.ArchivedAt > 0 || o.ID == one.ID {
			continue
		}
		v, err := u.BotVersion(o.ID, o.Version)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(v.Script.Steps, func(s rejoin.Step) bool { return s.BotID == one.ID }) {
			list = append(list, "Bot: "+o.Name)
		}
	}
	for _, app := range n.apps {
		if app.Settings.FeedbackBotID == one.ID {
			list = append(list, "App: "+app.Name)
		}
	}
	return list, nil
}

// NewBot is what a bot is made of.
type NewBot struct {
	Name string
	Kind rejoin.BotKind
	From string // id of a bot whose draft it begins with; may be empty
}

// Make makes a bot.
func (b *Bots) Make(ctx context.Context, a rejoin.Agent, in NewBot) (p BotPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	name, err := rejoin.CheckBotName(in.Name)
	if err != nil {
		return p, err
	}
	err = b.write(ctx, func(u *unit) error {
		if err := u.LockText("bots " + a.DomainID); err != nil { // two at once must not both take the last place
			return err
		}
		all, err := u.Tx.Bots(a.DomainID)
		if err != nil {
			return err
		}
		if len(all) >= rejoin.MaxBots {
			return rejoin.Errorf(rejoin.Limited, "A domain has at most %d bots, archived ones included. Change one that exists.", rejoin.MaxBots)
		}
		one := rejoin.Bot{ID: newID("bot"), DomainID: a.DomainID, Name: name, Kind: in.Kind, Draft: rejoin.Script{Steps: []rejoin.Step{}}, Changed: true,
			SavedBy: a.Name, Revision: 1, CreatedAt: u.now, UpdatedAt: u.now}
		if in.From != "" {
			from, err := u.ownBot(a, in.From, u.Bot)
			if err != nil {
				return err
			}
			one.Kind, one.Draft = from.Kind, from.Draft
		}
		if one.Kind != rejoin.CustomBot && one.Kind != rejoin.FeedbackBot {
			return rejoin.InvalidField("kind", "A bot is custom or feedback.")
		}
		if added, err := u.AddBot(one); err != nil || !added {
			return cmp.Or(err, botNameTaken())
		}
		if err := u.audit(a, rejoin.BotMade, one.Name); err != nil {
			return err
		}
		p, err = u.botPage(one)
		return err
	})
	return p, err
}

func botNameTaken() error {
	return &rejoin.Error{Code: rejoin.Conflict, Field: "name", Text: "There is a bot of this name already. It may be archived."}
}

// SaveBot is a draft as an administrator has left it.
type SaveBot struct {
	Name     string
	Draft    rejoin.Script
	Revision int64 // that they began with
}

// Save keeps a draft, also one that cannot be published yet.
func (b *Bots) Save(ctx context.Context, a rejoin.Agent, id string, in SaveBot) (BotPage, error) {
	name, err := rejoin.CheckBotName(in.Name)
	if err != nil {
		return BotPage{}, err
	}
	if in.Draft, err = checkDraft(in.Draft); err != nil {
		return BotPage{}, err
	}
	return b.change(ctx, a, id, in.Revision, func(u *unit, one *rejoin.Bot) error {
		draft, err := u.keepSecrets(*one, in.Draft)
		if err != nil {
			return err
		}
		if one.Changed, err = u.differs(*one, draft); err != nil {
			return err
		}
		if name != one.Name {
			if err := u.audit(a, rejoin.BotRenamed, name, changes("Name", one.Name, name)...); err != nil {
				return err
			}
		}
		one.Name, one.Draft, one.SavedBy = name, draft, a.Name
		one.Revision++
		return nil
	})
}

// checkDraft refuses what cannot be stored.
func checkDraft(s rejoin.Script) (rejoin.Script, error) {
	if s.Steps == nil {
		s.Steps = []rejoin.Step{}
	}
	text, err := json.Marshal(s)
	if err != nil {
		return s, err
	}
	switch {
	case len(text) > maxDraft:
		return s, rejoin.InvalidField("draft", "The bot is too large: %d KB, of at most %d KB.", len(text)>>10, maxDraft>>10)
	case strings.Contains(string(text), `\u0000`):
		return s, rejoin.InvalidField("draft", "The bot has characters that are not text. Please type it anew.")
	case len(s.Steps) > 4*rejoin.MaxSteps:
		return s, rejoin.InvalidField("draft", "A bot has at most %d steps.", rejoin.MaxSteps)
	}
	return s, nil
}

// differs reports whether the script is another one than the published version.
func (u *unit) differs(one rejoin.Bot, s rejoin.Script) (bool, error) {
	if one.Version == 0 {
		return true, nil
	}
	v, err := u.BotVersion(one.ID, one.Version)
	if err != nil {
		return false, err
	}
	was, err := json.Marshal(v.Script)
	if err != nil {
		return false, err
	}
	is, err := json.Marshal(s)
	return string(was) != string(is), err
}

// change lets f change a bot that nobody else has changed since the revision; [anyRevision] asks for no such check.
func (b *Bots) change(ctx context.Context, a rejoin.Agent, id string, revision int64, f func(*unit, *rejoin.Bot) error) (p BotPage, err error) {
	if err := administer(a); err != nil {
		return p, err
	}
	err = b.write(ctx, func(u *unit) error {
		if err := u.LockText("bots " + a.DomainID); err != nil {
			return err
		}
		one, err := u.ownBot(a, id, u.LockBot)
		if err != nil {
			return err
		}
		if revision != anyRevision && one.Revision != revision {
			return rejoin.Errorf(rejoin.Conflict, "%s has saved this bot meanwhile. Look at it first.", someone(one.SavedBy))
		}
		name := one.Name
		if err := f(u, &one); err != nil {
			return err
		}
		if one.Name != name {
			all, err := u.Tx.Bots(a.DomainID)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(all, func(o rejoin.Bot) bool { return o.ID != one.ID && o.Name == one.Name }) {
				return botNameTaken()
			}
		}
		one.UpdatedAt = u.now
		if err := u.SaveBot(one); err != nil {
			return err
		}
		p, err = u.botPage(one)
		return err
	})
	return p, err
}

// Publish makes the draft of the revision the version that new conversations begin with. Those that go on finish on theirs.
func (b *Bots) Publish(ctx context.Context, a rejoin.Agent, id string, revision int64) (BotPage, error) {
	if revision <= 0 {
		return BotPage{}, rejoin.InvalidField("revision", "Say which revision of the draft is published.")
	}
	return b.change(ctx, a, id, revision, func(u *unit, one *rejoin.Bot) error {
		if one.ArchivedAt > 0 {
			return rejoin.Errorf(rejoin.Conflict, "This bot is archived. Take it back into use first.")
		}
		if !one.Changed {
			return nil
		}
		names, err := u.names(a.DomainID)
		if err != nil {
			return err
		}
		if problems := bot.Check(one.Draft, one.Kind, names.known(one.ID)); len(problems) > 0 {
			return rejoin.InvalidField("draft", "The bot cannot be published yet. %s", problems[0].Text)
		}
		one.Version, one.Changed, one.PublishedAt, one.PublishedBy = one.Version+1, false, u.now, a.Name
		if err := u.AddBotVersion(rejoin.BotVersion{BotID: one.ID, Version: one.Version, Script: one.Draft, PublishedAt: u.now, PublishedBy: a.Name}); err != nil {
			return err
		}
		return u.audit(a, rejoin.BotPublished, one.Name, fmt.Sprintf("Version %d", one.Version))
	})
}

// Archive takes a bot out of use, or back into it. Conversations that it is in go on.
func (b *Bots) Archive(ctx context.Context, a rejoin.Agent, id string, archived bool) (BotPage, error) {
	return b.change(ctx, a, id, anyRevision, func(u *unit, one *rejoin.Bot) error {
		if archived == (one.ArchivedAt > 0) {
			return nil
		}
		act := rejoin.BotRestored
		if one.ArchivedAt = 0; archived {
			one.ArchivedAt, act = u.now, rejoin.BotArchived
		}
		return u.audit(a, act, one.Name)
	})
}

// Versions returns the newest versions of a bot, newest first.
func (b *Bots) Versions(ctx context.Context, a rejoin.Agent, id string) (list []BotVersionState, err error) {
	if err := administer(a); err != nil {
		return nil, err
	}
	err = b.read(ctx, func(u *unit) error {
		list = nil
		one, err := u.ownBot(a, id, u.Bot)
		if err != nil {
			return err
		}
		counts, err := u.RunningBots(a.DomainID)
		if err != nil {
			return err
		}
		versions, err := u.BotVersions(one.ID, maxVersions)
		for _, v := range versions {
			v.Script = hideSecrets(v.Script)
			list = append(list, BotVersionState{v, runningOf(counts, one.ID, v.Version)})
		}
		return err
	})
	return list, err
}
