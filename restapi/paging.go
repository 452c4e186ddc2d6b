package restapi

import (
	"rejoin"
	"rejoin/web"
)

// maxHits is as far as lists are counted, and as far as their pages go (reference §7.2).
const maxHits = 50_000

// page is which part of a list a program asks for.
type page struct {
	number, size int64
}

// pageOf reads page and page-size; def is the size if none is given.
func (p params) pageOf(def int64) (out page, err error) {
	if out.number, err = p.number("page", 1, 1, maxHits); err != nil {
		return out, err
	}
	if out.size, err = p.number("page-size", def, 1, 1000); err != nil {
		return out, err
	}
	if out.number*out.size > maxHits {
		return out, rejoin.InvalidField("page", "page × page-size is at most 50,000. Choose by time, and move the beginning of the time on.")
	}
	return out, nil
}

// after is how many entries lie before the page.
func (p page) after() int { return int((p.number - 1) * p.size) }

// of is the part of a whole list that the page is.
func of[T any](p page, list []T) []T {
	from := min(p.after(), len(list))
	return append([]T{}, list[from:min(from+int(p.size), len(list))]...)
}

// Paged says where in a list a page is.
type Paged struct {
	Page       int64 `json:"page"`
	PageSize   int64 `json:"page-size"`
	TotalHits  int64 `json:"total-hits"` // counted up to 50,000
	TotalPages int64 `json:"total-pages"`
}

func (p page) envelope(hits int64) Paged {
	return Paged{Page: p.number, PageSize: p.size, TotalHits: hits, TotalPages: (hits + p.size - 1) / p.size}
}

// pageQuery describes the parameters of pages.
func pageQuery(more ...web.Parameter) []web.Parameter {
	return append([]web.Parameter{
		{Name: "page", Kind: web.Number, Says: "Which page, from 1. page × page-size is at most 50,000."},
		{Name: "page-size", Kind: web.Number, Says: "Entries of a page, 1 to 1,000; 100 if it is left out."},
	}, more...)
}
