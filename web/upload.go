package web

import (
	"errors"
	"io"
	"net/http"

	"rejoin"
)

// Upload returns the body of a request that carries a file of at most max bytes, and gives it more time than others have (see [Patient]). One byte
// more can be read, by which a file that is too large shows. An upload that breaks off fails as [rejoin.Invalid], and goes on failing.
func Upload(w http.ResponseWriter, r *http.Request, max int64) io.Reader {
	Patient(w)
	return upload{http.MaxBytesReader(w, r.Body, max+1)}
}

type upload struct{ io.Reader }

func (u upload) Read(p []byte) (int, error) {
	n, err := u.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		// Without err in its chain: whoever fills blocks takes io.ErrUnexpectedEOF for the end.
		err = rejoin.Errorf(rejoin.Invalid, "The upload broke off. Please try again.")
	}
	return n, err
}
