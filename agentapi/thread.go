package agentapi

import (
	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

func (a threads) edit(c call) (any, error) {
	var in EditMessage
	message, err := c.messageID()
	if err != nil {
		return nil, err
	}
	return a.change(c, &in, 2*maxMessage, func(id string) error {
		return a.Core.Messages.Edit(c.r.Context(), c.agent, id, message, in.Body, in.Was)
	})
}

func (a threads) takeBack(c call) (any, error) {
	message, err := c.messageID()
	if err != nil {
		return nil, err
	}
	return a.change(c, nil, 0, func(id string) error {
		return a.Core.Messages.TakeBack(c.r.Context(), c.agent, id, message)
	})
}

// messageID returns which message the path names. What cannot be an id names nothing.
func (c call) messageID() (string, error) {
	id := c.r.PathValue("message")
	if !isID(id) {
		return "", rejoin.Errorf(rejoin.NotFound, "There is no such message.")
	}
	return id, nil
}

func (a threads) note(c call) (any, error) {
	var in Note
	return a.change(c, &in, maxMessage, func(id string) error {
		return a.Core.Messages.Note(c.r.Context(), c.agent, id, in.ClientID, in.Body)
	})
}

func (a threads) setTags(c call) (any, error) {
	var in SetTags
	return a.change(c, &in, maxSettings, func(id string) error {
		return a.Core.Issues.Tag(c.r.Context(), c.agent, id, in.Add, in.Remove)
	})
}

func (a threads) setField(c call) (any, error) {
	var in SetField
	return a.change(c, &in, maxFields*2, func(id string) error { // a hundred thousand characters, twice
		return a.Core.Issues.SetField(c.r.Context(), c.agent, id, core.SetField{Key: in.Key, Value: in.Value, Was: in.Was})
	})
}

func (a threads) ask(c call) (any, error) {
	return a.change(c, &struct{}{}, maxSmall, func(id string) error {
		return a.Core.Bots.Ask(c.r.Context(), c.agent, id)
	})
}

func (a threads) previous(c call) (any, error) {
	id, err := c.issueID()
	if err != nil {
		return nil, err
	}
	list, err := a.Core.Issues.Previous(c.r.Context(), c.agent, id)
	return Previouses{Issues: mapped(list, func(i rejoin.Issue) Previous {
		return Previous{ID: i.ID, Number: i.Number, Title: i.Title, State: i.State, Preview: i.Preview, Rating: i.Ending.Rating,
			CreatedAt: i.CreatedAt, UpdatedAt: i.UpdatedAt}
	})}, err
}

// replies is the saved replies.
type replies struct{ *API }

func (a replies) list(c call) (any, error) {
	return repliesOf(a.Core.Replies.List(c.r.Context(), c.agent))
}

func repliesOf(list []rejoin.SavedReply, err error) (any, error) {
	return SavedReplies{Replies: mapped(list, func(r rejoin.SavedReply) SavedReply {
		return SavedReply{ID: r.ID, Title: r.Title, Body: r.Body, Shared: r.OwnerID == ""}
	})}, err
}

func (a replies) add(c call) (any, error) {
	in, err := readReply(c)
	if err != nil {
		return nil, err
	}
	return repliesOf(a.Core.Replies.Add(c.r.Context(), c.agent, in))
}

func (a replies) change(c call) (any, error) {
	in, err := readReply(c)
	if err != nil {
		return nil, err
	}
	return repliesOf(a.Core.Replies.Change(c.r.Context(), c.agent, c.r.PathValue("reply"), in))
}

func (a replies) delete(c call) (any, error) {
	return repliesOf(a.Core.Replies.Delete(c.r.Context(), c.agent, c.r.PathValue("reply")))
}

func readReply(c call) (core.SetReply, error) {
	var in SetSavedReply
	err := web.ReadJSON(c.w, c.r, &in, maxMessage)
	return core.SetReply{Title: in.Title, Body: in.Body, Shared: in.Shared}, err
}
