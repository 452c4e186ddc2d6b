package core_test

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"rejoin"
	"rejoin/core"
	"rejoin/files"
	"rejoin/identity"
	"rejoin/rejointest"
	"rejoin/serve"
	"rejoin/store"
	"rejoin/store/storetest"
)

// eachWithFiles is each with the place where files are kept.
func eachWithFiles(t *testing.T, f func(t *testing.T, s *rejointest.Server, kept *files.Store)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		kept, err := files.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = kept.Close() })
		f(t, rejointest.New(t, st, func(c *serve.Config) { c.Files = kept }), kept)
	})
}

// add tries to send a visitor's file up.
func add(s *rejointest.Server, token, clientID string, body io.Reader) (rejoin.Attachment, error) {
	return s.Core.Attachments.AddAsUser(s.T.Context(), token, s.Made.Platform.ID, core.Upload{ClientID: clientID, Name: "a.txt", Body: body})
}

// row stores a file as a process has left it.
func row(s *rejointest.Server, a rejoin.Attachment) rejoin.Attachment {
	s.T.Helper()
	a.DomainID, a.Name, a.CreatedAt = s.Made.Domain.ID, "a.txt", s.Clock.Now()
	err := s.Store.Write(s.T.Context(), func(tx *store.Tx) error {
		_, err := tx.AddAttachment(a)
		return err
	})
	if err != nil {
		s.T.Fatal(err)
	}
	return a
}

// rowOf is what is stored of a file; the zero Attachment if nothing is.
func rowOf(s *rejointest.Server, id string) (a rejoin.Attachment) {
	s.T.Helper()
	err := s.Store.Read(s.T.Context(), func(tx *store.Tx) (err error) {
		a, err = tx.Attachment(id)
		return err
	})
	if err != nil && rejoin.CodeOf(err) != rejoin.NotFound {
		s.T.Fatal(err)
	}
	return a
}

func has(s *rejointest.Server, kept *files.Store, key string) bool {
	s.T.Helper()
	f, _, err := kept.Get(s.T.Context(), key)
	if errors.Is(err, files.ErrNotFound) {
		return false
	}
	if err != nil {
		s.T.Fatal(err)
	}
	_ = f.Close()
	return true
}

// A process died after it had kept a file's bytes: nobody can use them, the sender can begin again, and they go in the end.
func TestUploadOfADeadProcess(t *testing.T) {
	eachWithFiles(t, func(t *testing.T, s *rejointest.Server, kept *files.Store) {
		v := s.Visit("Hello")
		left := row(s, rejoin.Attachment{ID: "fil_left", Owner: identity.Hash(v.Token), ClientID: "the-same-id"})
		for _, key := range []string{left.ID, left.ID + "-small"} {
			if _, err := kept.Put(t.Context(), key, strings.NewReader("x"), 1); err != nil {
				t.Fatal(err)
			}
		}
		if err := v.Send(core.UserSend{ClientID: s.NewClientID(), Attachments: []string{left.ID}}); rejoin.CodeOf(err) != rejoin.Invalid {
			t.Errorf("sending what is incomplete: %v, want invalid", err)
		}
		if _, _, err := fetch(s, s.Core.Attachments.Addresses(left).Full, nil); rejoin.CodeOf(err) != rejoin.NotFound {
			t.Errorf("opening what is incomplete: %v, want not_found", err)
		}
		a, err := add(s, v.Token, "the-same-id", strings.NewReader("whole"))
		if err != nil || a.ID == left.ID || a.Size != 5 {
			t.Fatalf("the repeat: %+v, %v", a, err)
		}
		if again, err := add(s, v.Token, "the-same-id", strings.NewReader("other")); err != nil || again != a {
			t.Errorf("the repeat of the repeat: %+v, %v; want %+v", again, err, a)
		}
		if err := v.Send(core.UserSend{ClientID: s.NewClientID(), Attachments: []string{a.ID}}); err != nil {
			t.Error(err)
		}
		s.Clock.Advance(24*time.Hour + time.Millisecond)
		if err := s.Core.Attachments.DropUnsent(t.Context(), rejoin.Job{}); err != nil {
			t.Fatal(err)
		}
		if has(s, kept, left.ID) || has(s, kept, left.ID+"-small") || rowOf(s, left.ID).ID != "" || !has(s, kept, a.ID) {
			t.Error("not the file that was left, and that one alone, is gone after a day")
		}
	})
}

// gate is a body that ends when the test says so.
type gate struct{ begun, end chan struct{} }

func (g gate) Read([]byte) (int, error) {
	close(g.begun)
	<-g.end
	return 0, io.EOF
}

func TestUploadTwiceAtOnce(t *testing.T) {
	eachWithFiles(t, func(t *testing.T, s *rejointest.Server, kept *files.Store) {
		for name, slowFirst := range map[string]bool{"the slow one ends last": false, "the slow one ends first": true} {
			token, id := identity.NewToken(), s.NewClientID()
			slow, quick := gate{make(chan struct{}), make(chan struct{})}, gate{make(chan struct{}), make(chan struct{})}
			results := make(chan rejoin.Attachment, 1)
			begin := func(g gate, text string) {
				go func() {
					a, err := add(s, token, id, io.MultiReader(strings.NewReader(text), g))
					if err != nil {
						t.Errorf("%s: %v", name, err)
					}
					results <- a
				}()
				<-g.begun
			}
			begin(slow, "slow")
			begin(quick, "quick")
			order := []gate{quick, slow}
			if slowFirst {
				order = []gate{slow, quick}
			}
			close(order[0].end)
			first := <-results
			close(order[1].end)
			if second := <-results; second != first || rowOf(s, first.ID) != first || !has(s, kept, first.ID) {
				t.Errorf("%s: %+v and %+v, want one file that is kept", name, first, second)
			}
			var waiting store.Unsent
			err := s.Store.Read(t.Context(), func(tx *store.Tx) (err error) {
				waiting, err = tx.Unsent(first.Owner)
				return err
			})
			if err != nil || waiting != (store.Unsent{Files: 1, Bytes: first.Size}) {
				t.Errorf("%s: %+v are left, %v; want one file", name, waiting, err)
			}
		}
	})
}

func TestUnsentLimits(t *testing.T) {
	eachWithFiles(t, func(t *testing.T, s *rejointest.Server, kept *files.Store) {
		token := identity.NewToken()
		row(s, rejoin.Attachment{ID: "fil_full", Owner: identity.Hash(token), ClientID: "nearly-full", Size: 100<<20 - 3})
		if _, err := add(s, token, "one-too-many", strings.NewReader("four")); rejoin.CodeOf(err) != rejoin.Limited {
			t.Errorf("a byte more than 100 MB: %v, want limited", err)
		}
		if _, err := add(s, token, "just-fits", strings.NewReader("abc")); err != nil {
			t.Errorf("100 MB: %v", err)
		}
		row(s, rejoin.Attachment{ID: "fil_others", Owner: "others", ClientID: "others-file", Size: 5<<30 - 100<<20 - 3})
		other := identity.NewToken()
		if _, err := add(s, other, "one-too-many", strings.NewReader("four")); rejoin.CodeOf(err) != rejoin.Limited {
			t.Errorf("a byte more than 5 GB in the domain: %v, want limited", err)
		}
		if _, err := s.Core.Attachments.AddAsAgent(t.Context(), s.Maya, core.Upload{ClientID: "agents-file", Name: "a", Body: strings.NewReader("four")}); err != nil {
			t.Errorf("an agent's file then: %v", err)
		}
		if _, err := add(s, other, "fits-here", strings.NewReader("x")); rejoin.CodeOf(err) != rejoin.Limited {
			t.Errorf("with the agent's file the domain is full: %v, want limited", err)
		}
	})
}

// What cannot be removed stays for the next time and holds up nothing else.
func TestDropUnsentGoesOn(t *testing.T) {
	eachWithFiles(t, func(t *testing.T, s *rejointest.Server, kept *files.Store) {
		for n := range 3 {
			row(s, rejoin.Attachment{ID: "fil ../" + string(rune('a'+n)), Owner: "x", ClientID: s.NewClientID(), Size: 1}) // no key
		}
		s.Clock.Advance(time.Millisecond)
		good := upload(s, identity.NewToken(), "a.txt", "a")
		if err := s.Core.Upkeep.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Advance(24 * time.Hour)
		if !has(s, kept, good.ID) {
			t.Error("a file is gone after a day")
		}
		s.Advance(61 * time.Minute)
		if has(s, kept, good.ID) || rowOf(s, good.ID).ID != "" {
			t.Error("a file is there after 25 hours and a minute")
		}
		if bad := rowOf(s, "fil ../a"); bad.ID == "" || bad.Size != 0 {
			t.Errorf("the file that cannot be removed: %+v", bad)
		}
		if dead, err := s.Core.Upkeep.Dead(t.Context(), s.Maya); err != nil || len(dead) != 0 {
			t.Errorf("work given up: %+v, %v", dead, err)
		}
	})
}

// While somebody else's preview is drawn, a picture waits three seconds and then goes without one. Agents do not wait for users.
func TestPreviewsTakeTurns(t *testing.T) {
	eachWithFiles(t, func(t *testing.T, s *rejointest.Server, _ *files.Store) {
		release := s.Core.Attachments.HoldDrawing()
		img := picture(t)
		agents, err := s.Core.Attachments.AddAsAgent(t.Context(), s.Maya, core.Upload{ClientID: "agents-file", Name: "a.png", Body: strings.NewReader(img)})
		if err != nil || agents.PreviewType == "" {
			t.Errorf("an agent's picture: %+v, %v", agents, err)
		}
		done := make(chan rejoin.Attachment)
		go func() {
			a, err := add(s, identity.NewToken(), "a-picture", strings.NewReader(img))
			if err != nil {
				t.Error(err)
			}
			done <- a
		}()
		for waiting := true; waiting; {
			select {
			case a := <-done:
				if a.Type != "image/png" || a.PreviewType != "" || a.Width != 0 || s.Core.Attachments.Addresses(a).Small != "" {
					t.Errorf("a picture that has waited: %+v", a)
				}
				waiting = false
			default:
				s.Clock.Advance(time.Second)
				runtime.Gosched()
			}
		}
		release()
		if a := upload(s, identity.NewToken(), "b.png", img); a.PreviewType == "" {
			t.Errorf("a picture after that: %+v", a)
		}
	})
}

func TestFilesOfTwoOwnersMeet(t *testing.T) {
	eachWithFiles(t, func(t *testing.T, s *rejointest.Server, _ *files.Store) {
		row(s, rejoin.Attachment{ID: "fil_1", Owner: "before", ClientID: "the-same-id", Size: 1})
		row(s, rejoin.Attachment{ID: "fil_2", Owner: "before", ClientID: "another-id", Size: 1})
		row(s, rejoin.Attachment{ID: "fil_3", Owner: "after", ClientID: "the-same-id", Size: 1})
		if err := s.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.OwnAttachments("before", "after") }); err != nil {
			t.Fatal(err)
		}
		for id, want := range map[string]string{"fil_1": "fil_1", "fil_2": "another-id", "fil_3": "the-same-id"} {
			if a := rowOf(s, id); a.Owner != "after" || a.ClientID != want {
				t.Errorf("%+v, want it to be of after, as %s", a, want)
			}
		}
	})
}
