package core_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/core"
	"rejoin/rejointest"
)

func titles(list []rejoin.SavedReply) (out []string) {
	for _, r := range list {
		kind := "own"
		if r.OwnerID == "" {
			kind = "shared"
		}
		out = append(out, r.Title+" "+kind)
	}
	return out
}

func TestSavedReplies(t *testing.T) {
	each(t, func(t *testing.T, s *rejointest.Server) {
		ctx, r, gil, noor, sue := t.Context(), s.Core.Replies, s.Second().Admin, s.Colleague(), supervisor(s)
		mine, err := r.Add(ctx, noor, core.SetReply{Title: " Bye  now ", Body: "Bye, {{user.name|there}}!"})
		if err != nil {
			t.Fatal(err)
		}
		shared, err := r.Add(ctx, sue, core.SetReply{Title: "A greeting", Body: "Hello", Shared: true})
		if err != nil {
			t.Fatal(err)
		}
		own, both := mine[0].ID, shared[0].ID
		for name, c := range map[string]struct {
			list []string
			a    rejoin.Agent
		}{
			"its owner":       {[]string{"A greeting shared", "Bye now own"}, noor},
			"a colleague":     {[]string{"A greeting shared"}, s.Maya},
			"another company": {nil, gil},
		} {
			list, err := r.List(ctx, c.a)
			if d := cmp.Diff(c.list, titles(list)); d != "" || err != nil {
				t.Errorf("%s, %v (-want +got):\n%s", name, err, d)
			}
		}
		good := core.SetReply{Title: "T", Body: "B"}
		team := core.SetReply{Title: "T", Body: "B", Shared: true}
		for name, c := range map[string]struct {
			a    rejoin.Agent
			id   string
			in   core.SetReply
			want rejoin.Code
		}{
			"a shared one by an agent":     {noor, both, team, rejoin.Forbidden},
			"taking a shared one":          {noor, both, good, rejoin.Forbidden},
			"sharing one's own":            {noor, own, team, rejoin.Forbidden},
			"another's own":                {sue, own, good, rejoin.NotFound},
			"another company's shared one": {gil, both, team, rejoin.NotFound},
			"an unknown one":               {sue, "rpl_1", good, rejoin.NotFound},
			"without a title":              {noor, own, core.SetReply{Title: " ", Body: "B"}, rejoin.Invalid},
			"with too long a title":        {noor, own, core.SetReply{Title: strings.Repeat("x", 81), Body: "B"}, rejoin.Invalid},
			"without a body":               {noor, own, core.SetReply{Title: "T"}, rejoin.Invalid},
		} {
			if _, err := r.Change(ctx, c.a, c.id, c.in); rejoin.CodeOf(err) != c.want {
				t.Errorf("change %s: %v, want %s", name, err, c.want)
			}
			if c.want == rejoin.Invalid || strings.HasPrefix(name, "sharing") {
				continue
			}
			if _, err := r.Delete(ctx, c.a, c.id); rejoin.CodeOf(err) != c.want {
				t.Errorf("delete %s: %v, want %s", name, err, c.want)
			}
		}
		if _, err := r.Add(ctx, noor, team); rejoin.CodeOf(err) != rejoin.Forbidden {
			t.Errorf("an agent shares a new one: %v", err)
		}
		if _, err := r.Change(ctx, sue, both, core.SetReply{Title: "Greeting", Body: "Hi", Shared: true}); err != nil {
			t.Error(err)
		}
		if list, err := r.Change(ctx, noor, own, core.SetReply{Title: "Bye", Body: "Bye!"}); err != nil || list[0].Body != "Bye!" {
			t.Errorf("%+v, %v", list, err)
		}
		if list, err := r.Delete(ctx, s.Maya, both); err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
		var acts []rejoin.AuditAct
		log, err := s.Core.Audit.Page(ctx, s.Maya, rejoin.AuditFilter{}, "")
		for _, e := range log.Entries {
			if strings.HasPrefix(string(e.Act), "saved_reply") {
				acts = append(acts, e.Act)
			}
		}
		if d := cmp.Diff([]rejoin.AuditAct{rejoin.SavedReplyDeleted, rejoin.SavedReplyChanged, rejoin.SavedReplyMade}, acts); d != "" || err != nil {
			t.Errorf("audit log, %v (-want +got):\n%s", err, d)
		}
	})
}
