package restapi_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"rejoin/docs/openapi"
	"rejoin/rejointest"
	"rejoin/restapi"
	"rejoin/store/storetest"
)

// TestManual runs the commands of docs/rest-api.md in their order, as somebody would who reads it, and holds what is answered to the description in OpenAPI.
func TestManual(t *testing.T) {
	page, err := os.ReadFile("../docs/rest-api.md")
	if err != nil {
		t.Fatal(err)
	}
	d := open(t, storetest.SQLite(t))
	api := rejointest.Describe(t, openapi.Rest, restapi.Operations())
	server := httptest.NewServer(api.Watch(d.Handler()))
	t.Cleanup(server.Close)
	shell := rejointest.NewShell(t, fmt.Sprintf("SERVER=%s DOMAIN=acme KEY=%s", server.URL, d.key))
	for block := range rejointest.Blocks(string(page)) {
		if out, ok := shell.Run(block); !ok {
			t.Fatalf("this failed:\n%s\n%s", block, out)
		}
		d.Advance(time.Second)
	}
	used := 0
	for _, op := range restapi.Operations() {
		used += min(1, api.Seen(op.Name))
	}
	if used < 25 {
		t.Errorf("the manual has commands for %d operations", used)
	}
	if out, _ := shell.Run("cat users.json\n"); !strings.Contains(out, "Ada Fisher") {
		t.Errorf("the user is %s", out)
	}
}
