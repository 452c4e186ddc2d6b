package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"rejoin"
	"rejoin/core"
)

// apiKey is a key to the demo's REST API. It lies in the folder of the data; where the file is missing, another key is made.
func (d *demo) apiKey(ctx context.Context, c *core.Core, admin rejoin.Agent) (string, error) {
	file := filepath.Join(d.data, "api-key")
	key, err := os.ReadFile(file)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return strings.TrimSpace(string(key)), err
	}
	page, err := c.Keys.Page(ctx, admin)
	if err != nil {
		return "", err
	}
	for _, old := range page.Keys {
		if old.Name == demoKey && old.RevokedAt == 0 { // nobody has it any more
			if _, err := c.Keys.Revoke(ctx, admin, old.ID); err != nil {
				return "", err
			}
		}
	}
	made, err := c.Keys.Make(ctx, admin, demoKey, rejoin.ReadAndWrite)
	if err != nil {
		return "", err
	}
	return made.Made, os.WriteFile(file, []byte(made.Made+"\n"), 0o600)
}

// demoKey is what the key is called.
const demoKey = "Demo"
