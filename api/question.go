package api

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"whence/graph"
	"whence/graph/query"
)

// Bounds of parameters, as openapi.yaml states them.
const (
	maxWords     = 1000 // characters
	maxID        = 4000 // bytes
	defaultLimit = 50
	maxLimit     = 500
	maxNodes     = 20 // that a subgraph starts from

	defaultNodes = 200
)

// A question is one request: its parameters, and the view that answers it. The
// parameters are read one by one; err keeps the first that is wrong.
type question struct {
	graph.Reader
	at      graph.At
	dot     bool
	receipt bool          // the answer is to be had as its receipt
	version string        // of the program
	survey  *graph.Survey // for routes that are surveyed
	// passages finds words in the texts that are held.
	passages graph.PassageFinder

	matched graph.Page[graph.Match] // before the view, of a route that shows it
	queried query.Answer            // likewise

	path   string // the id in the path, decoded
	values url.Values
	err    error
	wire   wire
}

// A paramError says which parameter is wrong.
type paramError struct {
	parameter string
	err       error
}

func (e *paramError) Error() string { return e.parameter + ": " + e.err.Error() }
func (e *paramError) Unwrap() error { return e.err }

func invalid(parameter, format string, args ...any) error {
	return &paramError{parameter, fmt.Errorf(format+": %w", append(args, graph.ErrInvalid)...)}
}

// newQuestion reads what every route has: the id in the path, the clocks, the form of the answer.
func newQuestion(r route, req *http.Request, id string) (*question, error) {
	q := &question{}
	var err error
	if q.path, err = url.PathUnescape(id); err != nil {
		return nil, invalid("id", "is not percent-encoded as a path must be")
	}
	if q.values, err = url.ParseQuery(req.URL.RawQuery); err != nil {
		return nil, invalid("query", "is not percent-encoded as a query must be")
	}
	names := make([]string, 0, len(q.values))
	for name := range q.values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		switch {
		case !slices.Contains(r.params, name):
			return nil, invalid(clip(name), "is no parameter here: want one of %s", strings.Join(r.params, ", "))
		case len(q.values[name]) > 1 && name != "node":
			return nil, invalid(name, "is given more than once")
		case slices.Contains(q.values[name], ""):
			return nil, invalid(name, "is empty")
		}
	}
	q.at = graph.At{AsOf: q.date("as_of"), KnownBy: q.time("known_by")}
	q.dot = r.drawn && q.drawn(req)
	q.receipt = prefers(strings.Join(req.Header.Values("Accept"), ","), ReceiptMedia, "application/json")
	return q, q.err
}

// fail keeps the first thing that is wrong.
func (q *question) fail(parameter, format string, args ...any) {
	if q.err == nil {
		q.err = invalid(parameter, format, args...)
	}
}

// text returns a parameter's words.
func (q *question) text(name string) string {
	v := q.values.Get(name)
	switch {
	case !utf8.ValidString(v):
		q.fail(name, "is not UTF-8")
	case utf8.RuneCountInString(v) > maxWords:
		q.fail(name, "has more than %d characters", maxWords)
	}
	return v
}

// words returns the words that are searched for: "" when none are given.
func (q *question) words() string {
	v := q.text("q")
	if v != "" && len(graph.FoldWords(v)) == 0 {
		q.fail("q", "has no letter or digit")
	}
	return v
}

// id returns a parameter that is an ID, in full or short.
func (q *question) id(name string) graph.ID {
	v := q.values.Get(name)
	if v == "" {
		return ""
	}
	return q.parseID(name, v)
}

// pathID returns the ID in the path.
func (q *question) pathID() graph.ID { return q.parseID("id", q.path) }

// parseID checks the form of an ID: an absolute IRI. An IRI has no spaces, controls or quotes.
func (q *question) parseID(name, v string) graph.ID {
	id := graph.ParseID(v)
	scheme, rest, ok := strings.Cut(string(id), ":")
	switch {
	case len(v) > maxID:
		q.fail(name, "has more than %d bytes", maxID)
	case !utf8.ValidString(v) || strings.ContainsFunc(v, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"{}|\\^`", r)
	}):
		q.fail(name, "%q holds characters that no ID has", clip(v))
	case !ok || rest == "" || !isScheme(scheme):
		q.fail(name, "%q is no ID: want an absolute IRI, or a short form such as claim:0123", clip(v))
	}
	return id
}

func isScheme(s string) bool {
	for i, r := range s {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || !('0' <= r && r <= '9' || strings.ContainsRune("+-.", r))) {
			return false
		}
	}
	return s != ""
}

// number returns a parameter between two bounds, inclusive.
func (q *question) number(name string, without, least, most int) int {
	v := q.values.Get(name)
	if v == "" {
		return without
	}
	n, err := strconv.Atoi(v)
	if err != nil || n < least || n > most {
		q.fail(name, "%q: want a whole number from %d to %d", clip(v), least, most)
		return without
	}
	return n
}

// date returns a parameter that is a date.
func (q *question) date(name string) graph.Date {
	d, err := graph.ParseDate(q.values.Get(name))
	if err != nil {
		q.fail(name, "%q: want YYYY, YYYY-MM or YYYY-MM-DD", clip(q.values.Get(name)))
	}
	return d
}

// ordered refuses a range of dates that ends before it begins.
func (q *question) ordered(from, to graph.Date) {
	if from.After(to) {
		q.fail("to", "%s is before from, %s", to, from)
	}
}

// time returns a parameter that is an instant: a time, or the last of a date.
func (q *question) time(name string) time.Time {
	v := q.values.Get(name)
	if v == "" {
		return time.Time{}
	}
	if t, err := time.Parse(time.RFC3339Nano, v); err == nil {
		return t.UTC()
	}
	if d, err := graph.ParseDate(v); err == nil {
		return d.End().Add(-time.Nanosecond)
	}
	q.fail(name, "%q: want a time such as 2024-10-16T09:30:00Z, or a date", clip(v))
	return time.Time{}
}

// flag returns a parameter that is true or false.
func (q *question) flag(name string) bool {
	switch v := q.values.Get(name); v {
	case "", "false":
	case "true":
		return true
	default:
		q.fail(name, "%q: want true or false", clip(v))
	}
	return false
}

// oneOf returns a parameter that is one of some words, "" when it is not given.
func oneOf[T ~string](q *question, name string, values []T) T {
	v := T(q.values.Get(name))
	if v != "" && !slices.Contains(values, v) {
		q.fail(name, "%q: want one of %s", clip(string(v)), joined(values))
	}
	return v
}

func joined[T ~string](values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}

// drawn reports whether DOT is asked for: by format, else by Accept.
func (q *question) drawn(req *http.Request) bool {
	switch f := oneOf(q, "format", []string{"json", "dot"}); f {
	case "json", "dot":
		return f == "dot"
	}
	return prefers(strings.Join(req.Header.Values("Accept"), ","), "text/vnd.graphviz", "application/json")
}

// prefers reports whether an Accept header gives a media type more weight than
// another. What it does not name has the weight of its range, as RFC 9110,
// section 12.5.1, says.
func prefers(accept, media, other string) bool {
	return weight(accept, media) > weight(accept, other)
}

func weight(accept, media string) float64 {
	best, bestRank := 0.0, -1
	for part := range strings.SplitSeq(accept, ",") {
		rng, params, err := mime.ParseMediaType(part)
		if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
			continue
		}
		rank := 0
		switch typ, _, _ := strings.Cut(media, "/"); rng {
		case media:
			rank = 2
		case typ + "/*":
			rank = 1
		case "*/*":
		default:
			continue
		}
		w := 1.0
		if v, ok := params["q"]; ok {
			if w, err = strconv.ParseFloat(v, 64); err != nil {
				w = 0
			}
		}
		if rank > bestRank {
			best, bestRank = w, rank
		}
	}
	return best
}

// clip shortens what came in before it is said back.
func clip(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if r := []rune(s); len(r) > 100 {
		return string(r[:100]) + "…"
	}
	return s
}
