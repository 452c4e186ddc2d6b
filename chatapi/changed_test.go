package chatapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"rejoin"
	"rejoin/chatapi"
)

// What is edited or taken back reaches who has it already, by the socket, by a poll and by every answer.
func TestChangedReachesUsers(t *testing.T) {
	each(t, func(t *testing.T, d *door) {
		ctx, v := t.Context(), d.VisitKnown("Hello", "Ada", "ada@example.org")
		d.Reply(v, "One")
		list := d.Load(v.Issue.ID).Messages
		m, before := list[len(list)-1], d.Load(v.Issue.ID).Issue
		had := map[string]chatapi.Cursor{v.Issue.ID: {Seq: m.Seq, Version: before.Version}}
		h := hello(v.Token)
		h.Cursors = had
		socket, _ := d.enter(h)
		told := func() []chatapi.Message { // also of presence and of what is said
			for {
				if f := socket.want("update"); len(f.Changed) > 0 {
					return f.Changed
				}
			}
		}
		path := "/issues/" + v.Issue.ID
		all := func() map[string][]chatapi.Message {
			resumed := hello(v.Token)
			resumed.Cursors, resumed.Tab = had, "tab-000000000002"
			_, w := d.enter(resumed)
			p := decode[chatapi.Polled](t, d.do(poll(d, v.Token, had)))
			after := decode[chatapi.Update](t, d.do(request{method: http.MethodGet, path: fmt.Sprintf("/chat/v1%s/messages?after=%d", path, m.Seq), token: v.Token}))
			older := decode[chatapi.Update](t, d.do(request{method: http.MethodGet, path: fmt.Sprintf("/chat/v1%s/messages?before=%d", path, m.Seq), token: v.Token}))
			said := decode[chatapi.Update](t, d.do(post(path+"/messages", v.Token, chatapi.Send{ClientID: d.NewClientID(), Body: "x", After: m.Seq})))
			read := decode[chatapi.Update](t, d.do(post(path+"/read", v.Token, chatapi.Read{Seq: 1})))
			return map[string][]chatapi.Message{"the socket": told(), "a welcome": w.Updates[0].Changed, "a poll": p.Frames[0].Changed,
				"messages after": after.Changed, "messages before": older.Changed, "a send": said.Changed, "a read": read.Changed}
		}
		if err := d.Core.Messages.Edit(ctx, d.Maya, v.Issue.ID, m.ID, "Two", "One"); err != nil {
			t.Fatal(err)
		}
		for how, changed := range all() {
			if len(changed) != 1 || changed[0].ID != m.ID || changed[0].Body != "Two" || changed[0].EditedAt == 0 || changed[0].DeletedAt != 0 {
				t.Errorf("edited, %s tells %+v", how, changed)
			}
		}
		if err := d.Core.Messages.TakeBack(ctx, d.Maya, v.Issue.ID, m.ID); err != nil {
			t.Fatal(err)
		}
		for how, changed := range all() {
			if len(changed) != 1 || changed[0].ID != m.ID || changed[0].Body != "" || changed[0].DeletedAt == 0 {
				t.Errorf("taken back, %s tells %+v", how, changed)
			}
		}
	})
}

// Notes, tags, fields and who assigned whom are nothing for users: no answer and no frame holds them.
func TestNotesNeverReachUsers(t *testing.T) {
	d := sqlite(t)
	ctx, v := t.Context(), d.VisitKnown("Hello", "Ada", "ada@example.org")
	socket, _ := d.enter(hello(v.Token))
	if err := d.Core.Messages.Note(ctx, d.Maya, v.Issue.ID, d.NewClientID(), "Between us: difficult"); err != nil {
		t.Fatal(err)
	}
	if err := d.Core.Messages.TypingAsAgent(ctx, d.Maya, v.Issue.ID, true); err != nil {
		t.Fatal(err)
	}
	path := "/issues/" + v.Issue.ID
	d.Reply(v, "A public answer")
	var said strings.Builder
	for _, r := range []request{
		{method: http.MethodGet, path: "/chat/v1/issues", token: v.Token},
		{method: http.MethodGet, path: "/chat/v1" + path + "/messages", token: v.Token},
		poll(d, v.Token, nil),
		post(path+"/messages", v.Token, chatapi.Send{ClientID: d.NewClientID(), Body: "x", After: 1}),
		post(path+"/read", v.Token, chatapi.Read{Seq: 2}),
		post(path+"/typing", v.Token, `{}`),
	} {
		got := d.do(r)
		if got.status != http.StatusOK {
			t.Errorf("%s %s: answer %d %s", r.method, r.path, got.status, got.body)
		}
		said.WriteString(got.body)
	}
	_, w := d.enter(hello(v.Token))
	said.Write(encode(t, w))
	for {
		f, closed := socket.next()
		if f.Type == "typing" {
			t.Error("the user sees that a note is written")
		}
		said.Write(encode(t, f))
		if closed != 0 || len(f.Messages) > 0 && f.Messages[len(f.Messages)-1].Origin == rejoin.FromAgent {
			break
		}
	}
	if text := said.String(); strings.Contains(text, "Between us") || strings.Contains(text, "difficult") || !strings.Contains(text, "A public answer") {
		t.Errorf("users get %s", text)
	}
}
