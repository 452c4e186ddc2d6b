package chatapi

import (
	"mime"
	"net/http"

	"rejoin"
	"rejoin/core"
	"rejoin/web"
)

// files is what users send besides text.
type files struct{ *API }

// attachmentOf is a file with its addresses for a day.
func (a views) attachmentOf(f rejoin.Attachment) Attachment {
	at := a.attachments.Addresses(f)
	return Attachment{ID: f.ID, Name: f.Name, Type: f.Type, Size: f.Size, URL: at.Full, PreviewURL: at.Small, Width: f.Width, Height: f.Height}
}

// upload takes a file as the body, whatever its Content-Type says: what it is, its bytes tell.
func (a files) upload(c call) (any, error) {
	token, err := c.bearer()
	if err != nil {
		return nil, err
	}
	q := c.r.URL.Query()
	if !isID(q.Get("platform")) {
		return nil, rejoin.InvalidField("platform", "Name the app by the platform_id of its embed code.")
	}
	if err := a.limits.upload.Allow(a.ipKey(c.r)); err != nil {
		return nil, err
	}
	if err := a.limits.megabyte.Take(a.ipKey(c.r), megabytes(c.r.ContentLength)); err != nil {
		return nil, err
	}
	f, err := a.Core.Attachments.AddAsUser(c.r.Context(), token, q.Get("platform"),
		core.Upload{ClientID: q.Get("client_id"), Name: q.Get("name"), Body: web.Upload(c.w, c.r, core.MaxFile)})
	if err != nil {
		return nil, noApp(err)
	}
	return a.attachmentOf(f), nil
}

// megabytes is what an upload counts for, begun ones whole. One of unknown length counts as the largest; more than that is never read.
func megabytes(length int64) int {
	if length < 0 || length > core.MaxFile {
		length = core.MaxFile
	}
	return int(max(1, (length+1<<20-1)>>20))
}

// register adds the addresses of files. Who has one may get the file; it expires.
func (a files) register(mux *http.ServeMux) {
	mux.Handle("GET /files/{file}/{name}", web.Secure("default-src 'none'; sandbox", a.frame.Handle(a.download)))
}

// download serves a file: a picture in place, everything else to be saved. Nothing that a browser could run is ever shown.
func (a files) download(w http.ResponseWriter, r *http.Request) error {
	if err := a.limits.calls.Allow(a.ipKey(r)); err != nil {
		return err
	}
	q := r.URL.Query()
	if !isID(r.PathValue("file")) || q.Get("size") != "" && q.Get("size") != "small" {
		return rejoin.Errorf(rejoin.NotFound, "There is no such file.")
	}
	f, err := a.Core.Attachments.Open(r.Context(), r.PathValue("file"), q.Get("size"), q.Get("until"), q.Get("sig"))
	if err != nil {
		return err
	}
	defer f.Body.Close()
	h := w.Header()
	how := "attachment"
	h.Set("Content-Type", "application/octet-stream")
	if f.Inline {
		how = "inline"
		h.Set("Content-Type", f.Type)
	}
	h.Set("Content-Disposition", mime.FormatMediaType(how, map[string]string{"filename": f.Name}))
	h.Set("Cache-Control", "private, max-age=3600, immutable")
	h.Set("X-Robots-Tag", "noindex")
	web.Patient(w)
	http.ServeContent(w, r, "", f.CreatedAt.Time(), f.Body)
	return nil
}
