package query

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"whence/graph"
	"whence/graph/store"
)

// Bounds of a question.
const (
	MaxText     = 8 << 10 // bytes of a query
	DefaultRows = 50
	MaxRows     = 10_000
)

// A Question is a query and how much of the answer is wanted.
type Question struct {
	Language string // one of [Languages]
	Text     string // at most [MaxText] bytes of UTF-8
	// Rows is how many results are wanted at most; 0 is [DefaultRows], and [MaxRows] the most. Of graphql, whose
	// result is one, it is how long each list at its top may be.
	Rows int
	// KnownBy is as in [graph.At]; zero is now.
	KnownBy time.Time
}

// An Answer is what a query found.
type Answer struct {
	// Rows are the results, as JSON, in the order in which they were found, which may be another the next time. An
	// IRI in them stands in angle brackets.
	Rows []json.RawMessage
	// Cut says why Rows are not all there are; "" if they are.
	Cut string
	// Warnings say what the answer leaves out, and which names in the query stand nowhere.
	Warnings []string
}

// A Runner runs queries, a few at a time. A query that was ended and has not come back
// counts until it does.
type Runner struct {
	slots  *semaphore.Weighted
	memory int64
}

// NewRunner returns a runner of so many queries at a time. One during which the process grows by more than so many
// bytes of memory is ended.
func NewRunner(atOnce int, memory int64) *Runner {
	return &Runner{semaphore.NewWeighted(int64(atOnce)), memory}
}

// Run answers a question about a store. The error wraps [graph.ErrInvalid] when something is wrong with the question,
// and is that of ctx when the query did not end in time.
func (r *Runner) Run(ctx context.Context, s graph.Store, q Question) (Answer, error) {
	l, known := languages[q.Language]
	switch {
	case !known:
		return Answer{}, invalid(fmt.Sprintf("%q is no query language: want one of %s", q.Language, strings.Join(Languages(), ", ")))
	case strings.TrimSpace(q.Text) == "":
		return Answer{}, invalid("the query is empty")
	case len(q.Text) > MaxText:
		return Answer{}, invalid(fmt.Sprintf("the query has more than %d bytes", MaxText))
	case q.Rows < 0 || q.Rows > MaxRows:
		return Answer{}, invalid(fmt.Sprintf("%d results: want at most %d", q.Rows, MaxRows))
	case q.Rows == 0:
		q.Rows = DefaultRows
	}
	var a Answer
	err := store.Look(ctx, s, graph.At{KnownBy: q.KnownBy}, func(raw store.Raw) (err error) {
		a, err = r.run(ctx, raw, l, q)
		return err
	})
	return a, err
}

func (r *Runner) run(ctx context.Context, raw store.Raw, l language, q Question) (Answer, error) {
	storer, ok := raw.Snapshot.(QuadStorer)
	if !ok {
		return Answer{}, invalid("this kind of store has no query languages")
	}
	qs, err := storer.QuadStore()
	if err != nil {
		return Answer{}, err
	}
	if err := r.slots.Acquire(ctx, 1); err != nil {
		return Answer{}, err
	}
	v := newView(qs, raw, l.bare)
	running, stop := context.WithCancel(ctx)
	defer stop()
	j := &job{rows: q.Rows, stop: stop}
	ended := make(chan struct{})
	var wrong error // with the query; to be read once ended is closed
	go func() {
		defer r.slots.Release(1)
		defer close(ended)
		defer func() {
			if cause := recover(); cause != nil {
				wrong = invalid(fmt.Sprintf("the engine cannot run this query: %v", cause))
			}
		}()
		wrong = l.run(running, v, q.Text, j)
	}()
	go j.watch(running, r.memory, ended)
	select {
	case <-ended:
	case <-running.Done(): // it may never come back, and finds nothing more
	}
	if err := v.end(); err != nil {
		return Answer{}, err
	}
	if err := ctx.Err(); err != nil { // what was found may not be all
		return Answer{}, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.err != nil:
		return Answer{}, j.err
	case j.cut == "" && wrong != nil: // nothing is cut, so it has ended
		return Answer{}, wrong
	}
	return Answer{Rows: slices.Clone(j.found), Cut: j.cut, Warnings: warnings(raw, v)}, nil
}

// warnings say what the answer to a query leaves out.
func warnings(raw store.Raw, v *view) []string {
	out := raw.Warnings()
	switch n := raw.Decisions(); n {
	case 0:
	case 1:
		out = append(out, "One decision of a person is not laid over what a query sees.")
	default:
		out = append(out, fmt.Sprintf("%d decisions of people are not laid over what a query sees.", n))
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	return append(out, v.missing...)
}
