package chatapi_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/chatapi"
	"rejoin/core"
	"rejoin/docs/openapi"
	"rejoin/rejointest"
)

// TestManual runs the commands of docs/chat-api.md in their order, as somebody would who reads it, and holds all that is sent and answered to the
// description in OpenAPI.
func TestManual(t *testing.T) {
	page, err := os.ReadFile("../docs/chat-api.md")
	if err != nil {
		t.Fatal(err)
	}
	d := sqlite(t)
	d.Use(rejoin.IOS)
	api := rejointest.Describe(t, openapi.Chat, chatapi.Operations())
	server := httptest.NewServer(api.Watch(d.Handler()))
	t.Cleanup(server.Close)
	shell := rejointest.NewShell(t, fmt.Sprintf("SERVER=%s PLATFORM=%s SECRET='%s'", server.URL, d.Made.Platform.ID, d.Secret()))
	for block := range rejointest.Blocks(string(page)) {
		d.between(block, shell)
		if out, ok := shell.Run(block); !ok {
			t.Fatalf("this failed:\n%s\n%s", block, out)
		}
		d.Settle()
	}
	for _, op := range chatapi.Operations() {
		if n := api.Seen(op.Name); n == 0 && !strings.Contains("index describe glance addIdentities setUserData socket", op.Name) {
			t.Errorf("the manual has no command for %s", op.Pattern)
		}
	}
}

// between is what agents and time do before a block of the manual.
func (d *door) between(block string, shell *rejointest.Shell) {
	d.T.Helper()
	switch {
	case strings.Contains(block, "/resolution"):
		list, err := d.Core.Inbox.Page(d.T.Context(), d.Maya, core.InboxQuery{})
		if err != nil || len(list.Rows) != 1 {
			d.T.Fatal(list, err)
		}
		if err := d.Core.Issues.Close(d.T.Context(), d.Maya, list.Rows[0].Issue.ID, rejoin.Resolved, ""); err != nil {
			d.T.Fatal(err)
		}
	case strings.Contains(block, "LINK_TOKEN="):
		shell.Set("LINK", d.linkOfSomebody())
	}
}

// linkOfSomebody is the link of a follow-up e-mail to an anonymous user.
func (d *door) linkOfSomebody() string {
	d.T.Helper()
	v := d.VisitKnown("Is it cheaper in blue?", "Ada", "ada@example.org")
	d.Reply(v, "Yes, a little.")
	d.Advance(time.Hour)
	mails := d.MailsTo("ada@example.org")
	if len(mails) != 1 {
		d.T.Fatalf("%d e-mails", len(mails))
	}
	return found(d.T, `(https://\S+#rejoin=[A-Za-z0-9_-]{43})`, mails[0].Text)
}
