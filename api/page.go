package api

import (
	"context"
	"slices"
	"strings"

	"whence/graph"
)

// pageJSON is one page of a list.
type pageJSON[T any] struct {
	presence
	Items    []T      `json:"items"`
	Next     known    `json:"next"` // the cursor of the page after
	Warnings []string `json:"warnings"`
}

// pageOf answers with one page of a list, converted. empty says why there is nothing on it; it is
// not asked on a page after the first.
func pageOf[A, B any](q *question, page graph.Page[A], convert func(A) B, empty func() (presence, error)) (*answer, error) {
	out := pageJSON[B]{presence{Answer: found}, each(page.Items, convert), known(page.Next), some(page.Warnings)}
	var err error
	switch {
	case len(page.Items) > 0:
	case q.values.Has("cursor"):
		out.presence = presence{Answer: knownNone, Why: "Nothing follows the cursor."}
	default:
		out.presence, err = empty()
	}
	a := &answer{body: out, unseen: out.unseen}
	a.without = func(p presence) *answer {
		out.presence = p
		return &answer{body: out}
	}
	return a, err
}

// noPage is a list with nothing in it, because a filter names what is not held.
func noPage[T any](why error) *answer {
	return &answer{body: pageJSON[T]{presence: absentBecause(why), Items: []T{}, Warnings: []string{}}}
}

// none says why a list of a kind of thing is empty: nothing is held, or what was
// left aside is all there is, or none is such.
func (q *question) none(ctx context.Context, noun string, warnings []string) (presence, error) {
	docs, err := q.List(ctx, graph.TypeDocument, "", 1)
	if err != nil {
		return presence{}, err
	}
	if len(docs) == 0 {
		return presence{Answer: notLoaded, Why: "No documents are held: load some first."}, nil
	}
	if left := q.leftOut(warnings); len(left) > 0 {
		return presence{Answer: knownNone, Why: known(strings.Join(left, " "))}, nil
	}
	return presence{Answer: knownNone, Why: known("No " + noun + " that is held is such.")}, nil
}

// leftOut returns the warnings of an answer that are not of its view as a whole.
func (q *question) leftOut(warnings []string) []string {
	ofView := q.Warnings()
	return slices.DeleteFunc(slices.Clone(warnings), func(w string) bool { return slices.Contains(ofView, w) })
}
