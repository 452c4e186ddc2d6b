package agentapi_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/agentapi"
)

// What a dashboard of before an update leaves out stays as it is.
func TestSettingsLeftOut(t *testing.T) {
	o := sqlite(t)
	maya, path := o.maya(), "/apps/"+o.Made.App.ID
	put := func(body string) (out agentapi.App) {
		got := maya.do("PUT", "/agent/v1"+path+"/web-chat", body).fine()
		if err := json.Unmarshal([]byte(got.body), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
	want := put(`{"web_chat":{"show_widget":false,"title":"Ask us","colors":{"header":"#112233"}}}`).WebChat
	if want.ShowWidget || want.Title != "Ask us" || want.Colors.Header != "#112233" || !want.PresenceDetection || want.Greeting == "" {
		t.Fatalf("the settings: %+v", want)
	}
	got := put(`{"web_chat":{"greeting":"Hi"},"allowed_origins":["https://shop.example.com"]}`).WebChat
	want.Greeting = "Hi"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLook(t *testing.T) {
	o := sqlite(t)
	maya, path := o.maya(), "/apps/"+o.Made.App.ID+"/web-chat/look"
	var look agentapi.Look
	got := maya.post(path, `{"web_chat":{"color":"#f4c430","title":"`+strings.Repeat("x", rejoin.MaxTitle+1)+`"}}`).fine()
	if err := json.Unmarshal([]byte(got.body), &look); err != nil {
		t.Fatal(err)
	}
	if len(look.Tints) != 12 || look.Tints[0].Text != "#000000" || !strings.Contains(look.Sheet, "--brand:#f4c430") {
		t.Errorf("the look: %+v", look)
	}
	for field, body := range map[string]string{"color": `{"web_chat":{"color":"red"}}`, "colors.accent": `{"web_chat":{"colors":{"accent":"#12"}}}`} {
		if f := maya.post(path, body).failure(); f.Field != field || f.Code != rejoin.Invalid {
			t.Errorf("%s: %+v", body, f)
		}
	}
}

func TestFieldsOnTheWire(t *testing.T) {
	o := sqlite(t)
	maya := o.maya()
	fields := func(a answer) []agentapi.CustomField {
		var out agentapi.CustomFields
		if err := json.Unmarshal([]byte(a.fine().body), &out); err != nil {
			t.Fatal(err)
		}
		return out.Fields
	}
	maya.post("/fields", `{"key":"plan","label":"Plan","type":"dropdown","options":["free","paid"],"platforms":["ios"]}`).fine()
	list := fields(maya.post("/fields", `{"key":"vip","label":"VIP","type":"checkbox"}`))
	list = fields(maya.do("PUT", "/agent/v1/fields/"+list[0].ID, `{"label":"Tariff","options":["paid"],"platforms":["web","ios"]}`))
	list = fields(maya.post("/fields/order", `{"ids":["`+list[1].ID+`"]}`))
	want := []agentapi.CustomField{
		{Key: "vip", Label: "VIP", Type: rejoin.Checkbox, Platforms: []rejoin.PlatformKind{rejoin.Web, rejoin.IOS, rejoin.Android}},
		{Key: "plan", Label: "Tariff", Type: rejoin.Dropdown, Options: []string{"paid"}, Retired: []string{"free"}, Platforms: []rejoin.PlatformKind{rejoin.Web, rejoin.IOS}},
	}
	for n := range list {
		list[n].ID = ""
	}
	if diff := cmp.Diff(want, list); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
