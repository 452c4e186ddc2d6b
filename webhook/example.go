package webhook

import "rejoin"

// Example is an event about an issue that does not exist, for receivers to be tried with. The caller gives it an id and a webhook.
func Example(kind rejoin.WebhookEvent, domain string, at rejoin.Millis) Event {
	queue, assignee := &Ref{ID: "queue_example", Name: "Orders"}, &Ref{ID: "agt_example", Name: "Maya"}
	author := Author{ID: "usr_example", Name: "Ada Fisher", Emails: []string{"ada@example.com"}}
	e := Event{EventType: kind, EventTimestamp: at, Domain: domain, AppID: "app_example", Data: Data{ID: 402, Domain: domain, CreatedAt: at,
		AuthorName: author.Name, AuthorEmail: author.Emails[0], Queue: queue, Assignee: assignee, CustomIssueFields: FieldsOf(rejoin.FieldValues{
			"order": {Type: rejoin.SingleLine, Value: "A-1042"}, "vip": {Type: rejoin.Checkbox, Value: "true"}, "items": {Type: rejoin.Number, Value: "2"}})}}
	first := Message{Author: author, Body: "Do you have these boots in size 43?", CreatedAt: at, ID: "msg_example", Origin: OfUser}
	if kind == rejoin.CreateIssue {
		e.Data.Created = &Created{Title: first.Body, AssigneeName: &assignee.Name, Messages: []Message{first},
			Meta:      MetaOf(rejoin.Meta{Browser: rejoin.NameVersion{Name: "Firefox", Version: "126.0"}, Language: "en"}, rejoin.Web, "ada-77"),
			StateData: StateData{ChangedAt: at, State: rejoin.NewForAgent}}
		return e
	}
	e.Data.Updates = &Updates{Messages: []Message{first}, StateData: &StateData{ChangedAt: at, State: rejoin.WaitingForAgent}, Tags: []string{"shoes"}}
	return e
}
