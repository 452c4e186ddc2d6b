package restapi

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"slices"

	"rejoin"
	"rejoin/core"
)

// once is the promise that a repeat of this request does nothing more: the program has sent an Idempotency-Key. Files that come along are part of what is asked for.
func (c call) once(files uploads) (core.Once, error) {
	token, err := core.CheckOnce(c.r.Header.Get("Idempotency-Key"))
	if err != nil || token == "" {
		return core.Once{}, err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %s\n", c.r.Method, c.r.URL.Path)
	for _, name := range slices.Sorted(maps.Keys(c.values)) {
		for _, v := range c.values[name] {
			fmt.Fprintf(h, "%q=%q\n", name, v)
		}
	}
	for _, sum := range files.sums {
		fmt.Fprintln(h, sum)
	}
	return core.Once{Token: token, Request: hex.EncodeToString(h.Sum(nil))}, nil
}

// uploads is files that came with a request. The handler that has them drops them when it is done: what a message has taken stays.
type uploads struct {
	ids  []string
	sums []string // of what each is called and what is in it
}

// upload keeps the request's files of the parameter, to be taken by a message.
func (a *API) upload(c call, name string) (up uploads, err error) {
	list := c.files(name)
	if len(list) > rejoin.MaxAttachments {
		return up, rejoin.InvalidField(name, "A message takes %d files at most.", rejoin.MaxAttachments)
	}
	for _, head := range list {
		id, sum, err := a.uploadOne(c, head)
		if err != nil {
			a.drop(c, up)
			return up, about(name, err)
		}
		up.ids, up.sums = append(up.ids, id), append(up.sums, sum)
	}
	return up, nil
}

func (a *API) uploadOne(c call, head *multipart.FileHeader) (id, sum string, err error) {
	f, err := head.Open()
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	h := sha256.New()
	file, err := a.Core.Attachments.AddAsAgent(c.r.Context(), c.agent, core.Upload{ClientID: "api-" + rand.Text(), Name: head.Filename, Body: io.TeeReader(f, h)})
	return file.ID, fmt.Sprintf("%q %x", head.Filename, h.Sum(nil)), err
}

// drop takes files away that no message has taken: the request was refused, or it was a repeat.
func (a *API) drop(c call, up uploads) {
	if err := a.Core.Attachments.DropAsAgent(context.WithoutCancel(c.r.Context()), c.agent, up.ids); err != nil {
		a.Log.Error("files of a request to the REST API stay until they count as unsent", "error", err)
	}
}

// about gives an error about a field the name that the program knows.
func about(name string, err error) error {
	if e, ok := errors.AsType[*rejoin.Error](err); ok && e.Field != "" {
		return &rejoin.Error{Code: e.Code, Field: name, Text: e.Text, Err: e.Err}
	}
	return err
}

// fileURL is where a file is, for a day, for whoever has the address.
func (a *API) fileURL(f rejoin.Attachment) string {
	return a.PublicURL + a.Core.Attachments.Addresses(f).Full
}
