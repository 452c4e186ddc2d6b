package core

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rejoin"
	"rejoin/webhook"
)

// TestMetaComesBack writes what programs read: what we tell of an issue is understood when it is given.
func TestMetaComesBack(t *testing.T) {
	m := rejoin.Meta{Browser: rejoin.NameVersion{Name: "Firefox", Version: "140"}, OS: rejoin.NameVersion{Name: "Android", Version: "16"}, Device: "phone", Language: "pt-BR",
		TimeZone: "America/Sao_Paulo", Country: "BR", Screen: "1080×2400", Page: rejoin.MetaPage{URL: "https://shop.example.com/cart", Title: "Cart", Referrer: "https://example.com/"},
		App:      rejoin.MetaApp{ID: "com.example.shop", Name: "Shop", Version: "2.1"},
		Hardware: rejoin.MetaHardware{Model: "Pixel", Battery: 80, FreeSpace: 1 << 40, Network: "5g", Carrier: "Vivo"}, Custom: map[string]string{"plan": "gold", "cart.items": "3"}}
	text, err := json.Marshal(webhook.MetaOf(m, rejoin.Android, "ada"))
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var given map[string]any
	if err := d.Decode(&given); err != nil {
		t.Fatal(err)
	}
	for _, before := range []rejoin.Meta{{}, m} {
		got, err := withMeta(before, given)
		if diff := cmp.Diff(m, got); err != nil || diff != "" {
			t.Errorf("%v %s", err, diff)
		}
	}
	got, err := withMeta(m, map[string]any{"browser": map[string]any{"name": nil, "version": ""}, "plan": nil, "hardware": map[string]any{"battery-level": "full"}})
	if err != nil || got.Browser != (rejoin.NameVersion{}) || got.Hardware.Battery != 0 || len(got.Custom) != 1 || len(m.Custom) != 2 {
		t.Errorf("taken away: %+v, %v; before: %v", got, err, m.Custom)
	}
}
