package agentapi

import (
	"slices"

	"rejoin/web"
)

func operationsOfInbox() []web.Operation {
	return []web.Operation{
		{Pattern: "POST /agent/v1/issues/query", Name: "queryIssues", In: InboxQuery{}, Out: Inbox{}, Says: "A page of the conversations that a view and a filter choose, or that hold words."},
		{Pattern: "GET /agent/v1/issues/counts", Name: "countIssues", Out: Counts{}, Says: "How many conversations each view holds."},
		{Pattern: "GET /agent/v1/issues/options", Name: "inboxOptions", Out: InboxOptions{}, Says: "What there is to filter by: apps, queues, tags, fields, languages."},
		{Pattern: "POST /agent/v1/issues/bulk", Name: "bulkEdit", In: BulkEdit{}, Out: BulkResult{}, Says: "Changes up to 500 conversations. Each that cannot be changed is named with the reason."},
		{Pattern: "GET /agent/v1/views", Name: "listViews", Out: SmartViews{}, Says: "The Smart Views that you see: shared ones and your own."},
		{Pattern: "POST /agent/v1/views", Name: "addView", In: SetSmartView{}, Out: SmartViews{}, Says: "Saves a filter as a Smart View. Supervisors may share it."},
		{Pattern: "PUT /agent/v1/views/{view}", Name: "setView", In: SetSmartView{}, Out: SmartViews{}, Says: "Changes a Smart View."},
		{Pattern: "DELETE /agent/v1/views/{view}", Name: "deleteView", Out: SmartViews{}, Says: "Deletes a Smart View."},
	}
}

func operationsOfThreads() []web.Operation {
	list := slices.Concat(operationsOfMessages(), []web.Operation{
		{Pattern: "POST /agent/v1/issues/{issue}/assign", Name: "assign", In: Assign{}, Out: Thread{}, Says: "Gives the conversation to an agent, or to nobody."},
		{Pattern: "POST /agent/v1/issues/{issue}/queue", Name: "moveToQueue", In: MoveToQueue{}, Out: Thread{}, Says: "Moves the conversation into a queue, or out of its queue."},
		{Pattern: "POST /agent/v1/issues/{issue}/state", Name: "setState", In: SetState{}, Out: Thread{}, Says: "Resolves, rejects or opens the conversation."},
		{Pattern: "POST /agent/v1/issues/{issue}/tags", Name: "setTags", In: SetTags{}, Out: Thread{}, Says: "Adds tags and takes tags off."},
		{Pattern: "POST /agent/v1/issues/{issue}/fields", Name: "setField", In: SetField{}, Out: Thread{}, Says: "Sets one custom issue field."},
		{Pattern: "POST /agent/v1/issues/{issue}/ask", Name: "ask", In: nothing, Out: Thread{}, Says: "Lets the Identity Bot ask for the name or the address that is missing."},
		{Pattern: "POST /agent/v1/issues/{issue}/bot", Name: "startBot", In: StartBot{}, Out: Thread{}, Says: "Starts a bot, or stops the one that runs."},
		{Pattern: "POST /agent/v1/issues/{issue}/follow-up", Name: "setFollowUp", In: SetFollowUp{}, Out: Thread{}, Says: "Sends the follow-up e-mail now, holds it back, or lets it go on."},
		{Pattern: "POST /agent/v1/issues/{issue}/links/revoke", Name: "revokeLinks", In: nothing, Out: Thread{}, Says: "Makes every return link of the conversation good for nothing."},
	})
	for i := range list {
		if _, thread := list[i].Out.(Thread); thread {
			list[i].Query = had()
		}
	}
	return append(list,
		web.Operation{Pattern: "GET /agent/v1/issues/{issue}/previous", Name: "listPrevious", Out: Previouses{}, Says: "The user's other conversations, newest first, at most 50."},
		web.Operation{Pattern: "POST /agent/v1/attachments", Name: "upload", In: web.File{}, Out: Attachment{}, Says: "Uploads a file. A message that names its id sends it; what is not sent within a day is dropped.",
			Query: []web.Parameter{{Name: "name", Says: "The file's name.", Required: true},
				{Name: "client_id", Says: "Marks the upload: a repeat with the same one returns the first result.", Required: true}}})
}

func operationsOfMessages() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/issues/{issue}", Name: "getIssue", Out: Thread{}, Says: "A conversation: its newest messages and events, and what is to be known of it."},
		{Pattern: "GET /agent/v1/issues/{issue}/messages", Name: "listMessages", Out: Older{}, Says: "A page of older messages, in order, with the events before the oldest one that the client has.",
			Query: []web.Parameter{{Name: "before", Kind: web.Number, Says: "Messages before this seq; without it the newest ones."},
				{Name: "before_event", Kind: web.Number, Says: "Events before this one; without it none."}}},
		{Pattern: "POST /agent/v1/issues/{issue}/messages", Name: "send", In: Send{}, Out: Thread{}, Says: "Answers the user."},
		{Pattern: "PUT /agent/v1/issues/{issue}/messages/{message}", Name: "editMessage", In: EditMessage{}, Out: Thread{}, Says: "Edits an agent's message that the user cannot know yet."},
		{Pattern: "DELETE /agent/v1/issues/{issue}/messages/{message}", Name: "takeBack", Out: Thread{}, Says: "Takes an agent's message back that the user cannot know yet."},
		{Pattern: "POST /agent/v1/issues/{issue}/notes", Name: "addNote", In: Note{}, Out: Thread{}, Says: "Adds a private note. Users never see it."},
		{Pattern: "POST /agent/v1/issues/{issue}/read", Name: "read", In: Read{}, Out: Thread{}, Says: "Reports how far agents have read."},
		{Pattern: "POST /agent/v1/issues/{issue}/typing", Name: "typing", In: Typing{}, Out: Thread{}, Says: "Tells the user, or colleagues only, that somebody is typing."},
	}
}

func operationsOfReplies() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/replies", Name: "listReplies", Out: SavedReplies{}, Says: "The saved replies that you see: shared ones and your own."},
		{Pattern: "POST /agent/v1/replies", Name: "addReply", In: SetSavedReply{}, Out: SavedReplies{}, Says: "Saves a reply. Supervisors may share it."},
		{Pattern: "PUT /agent/v1/replies/{reply}", Name: "setReply", In: SetSavedReply{}, Out: SavedReplies{}, Says: "Changes a saved reply."},
		{Pattern: "DELETE /agent/v1/replies/{reply}", Name: "deleteReply", Out: SavedReplies{}, Says: "Deletes a saved reply."},
	}
}

func operationsOfUsers() []web.Operation {
	return []web.Operation{
		{Pattern: "GET /agent/v1/users/{user}/sessions", Name: "listUserSessions", Out: UserSessions{}, Says: "The browsers in which a user is known, latest seen first."},
		{Pattern: "POST /agent/v1/users/{user}/sessions/{session}/revoke", Name: "revokeUserSession", In: nothing, Out: UserSessions{}, Says: "Ends one of a user's sessions; all stands for every one."},
		{Pattern: "GET /agent/v1/users/{user}/data", Name: "getUserData", Out: UserData{}, Says: "What is held on a user, in numbers."},
		{Pattern: "GET /agent/v1/users/{user}/export", Name: "exportUser", Out: web.File{Type: "application/zip"}, Says: "Everything that is held on a user: data.json and the files, as a zip file."},
		{Pattern: "POST /agent/v1/users/{user}/erase", Name: "eraseUser", In: EraseUser{}, Out: UserData{}, Says: "Erases a user: what they and others wrote in their conversations, and what tells who they are. There is no way back."},
	}
}
