package store_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/store"
	"rejoin/store/storetest"
)

// What waits goes out one after the other in each issue, whatever is done to many at once.
func TestDeliveries(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		write := func(f func(tx *store.Tx) error) {
			t.Helper()
			if err := s.Write(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		write(fillShelf)
		add := func(id, issue string, n int64, at rejoin.Millis) {
			write(func(tx *store.Tx) error {
				return tx.AddDelivery(rejoin.Delivery{ID: id, WebhookID: "w", DomainID: "dom", IssueID: issue, Number: 1, N: n, Event: rejoin.UpdateIssue, What: []string{"tags"}, CreatedAt: at}, "{}")
			})
		}
		due := func(when string, now rejoin.Millis, want ...string) {
			t.Helper()
			got := []string{}
			write(func(tx *store.Tx) error {
				list, err := tx.DueDeliveries("w", now, 10)
				got = got[:0]
				for _, d := range list {
					got = append(got, d.ID)
				}
				return err
			})
			if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", when, diff)
			}
		}
		end := func(id string, state rejoin.DeliveryState, next, now rejoin.Millis) {
			write(func(tx *store.Tx) error {
				d, err := tx.Delivery(id)
				if err != nil {
					return err
				}
				if d.State, d.NextAt = state, next; state != rejoin.DeliveryWaiting {
					d.DoneAt = now
				}
				return tx.SaveDelivery(d, now)
			})
		}
		add("a1", "iss_1", 1, 10)
		add("a2", "iss_1", 2, 11)
		add("b1", "iss_2", 1, 12)
		due("before", 9)
		due("the first of each", 20, "a1", "b1")
		end("a1", rejoin.DeliveryWaiting, 100, 20)
		due("while the first waits", 50, "b1")
		end("a1", rejoin.DeliveryDelivered, 0, 60)
		due("after it", 60, "b1", "a2")
		end("a2", rejoin.DeliveryWaiting, 500, 60)
		write(func(tx *store.Tx) error { return tx.Hasten("w", 70) })
		due("hastened", 70, "b1", "a2")
		end("b1", rejoin.DeliveryFailed, 0, 70)
		add("a3", "iss_1", 3, 71)
		write(func(tx *store.Tx) error {
			n, err := tx.CountReplay(store.Replay{WebhookID: "w", From: 0, To: 100, Failed: true})
			if n != 1 {
				t.Errorf("%d have failed", n)
			}
			return err
		})
		write(func(tx *store.Tx) error { return tx.Replay(store.Replay{WebhookID: "w", To: 100}, 80) })
		due("all again", 80, "a1", "b1")
		write(func(tx *store.Tx) error { return tx.Replay(store.Replay{WebhookID: "w", ID: "a1"}, 80) })
		end("a1", rejoin.DeliveryDropped, 0, 90)
		end("a2", rejoin.DeliveryDelivered, 0, 91)
		due("in their order", 95, "b1", "a3")
		write(func(tx *store.Tx) error { // what waits for its next attempt goes on waiting when others are sent again
			d, err := tx.Delivery("b1")
			if err != nil {
				return err
			}
			d.FirstAt, d.NextAt = 90, 5000
			if err := tx.SaveDelivery(d, 95); err != nil {
				return err
			}
			if err := tx.Replay(store.Replay{WebhookID: "w", ID: "a1"}, 95); err != nil {
				return err
			}
			if d, err = tx.Delivery("b1"); d.FirstAt != 90 || d.NextAt != 5000 {
				t.Errorf("after a replay of another issue: %+v", d)
			}
			return err
		})
		due("before what was first until now", 95, "a1")
		write(func(tx *store.Tx) error {
			at, err := tx.NextDelivery("w")
			if n, _ := tx.Retrying("w", 95, 5); at != 95 || n != 1 {
				t.Errorf("next at %d, %d wait for another attempt", at, n)
			}
			return err
		})
		write(func(tx *store.Tx) error { return tx.DropWaiting("w", 96) })
		due("dropped", 1000)
		write(func(tx *store.Tx) error {
			page, err := tx.Deliveries(store.DeliveryLog{WebhookID: "w", State: rejoin.DeliveryDropped, Number: 1, At: 1000, Limit: 2})
			if len(page) != 2 || page[0].ID != "a3" {
				t.Errorf("the log: %+v", page)
			}
			return err
		})
		add("a4", "iss_1", 4, 97)
		add("a5", "iss_1", 5, 2000)
		write(func(tx *store.Tx) error { return tx.DropOverdue(1500, 3000) })
		due("what has waited too long is dropped", 3000, "a5")
		write(func(tx *store.Tx) error {
			for _, want := range []int64{3, 1} {
				if n, err := tx.DropLog(2000, 3); n != want || err != nil {
					t.Errorf("%d of the log are forgotten, want %d: %v", n, want, err)
				}
			}
			if ids, err := tx.Pending(3000); len(ids) != 0 || err != nil { // there is no such webhook
				t.Errorf("due for %v, %v", ids, err)
			}
			n, err := tx.DropOrphans("w", 10)
			if n != 2 {
				t.Errorf("%d are left of the log", n)
			}
			return err
		})
	})
}
