package query

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	cquery "github.com/cayleygraph/cayley/query"
)

// maxBytes bounds an answer, as JSON.
const maxBytes = 16 << 20

// A job is a query at work: what it has found, and why there is no more of it.
type job struct {
	rows int                // at most so many are wanted
	stop context.CancelFunc // ends the context of the query

	mu        sync.Mutex
	found     []json.RawMessage
	bytes     int
	cut       string // why what was found is not all
	err       error  // why there is no answer
	interrupt func() // stops what does not look at its context; nil if there is no such thing
}

// add takes a result, and ends the query if there are enough.
func (j *job) add(x any) {
	row, err := encode(jsonOf(x))
	j.mu.Lock()
	defer j.mu.Unlock()
	switch {
	case j.cut != "" || j.err != nil:
		return
	case err != nil:
		j.err = invalid(fmt.Sprintf("a result is no data: %v", err))
	case len(j.found) == j.rows:
		j.cut = moreRows(j.rows)
	case j.bytes+len(row) > maxBytes:
		j.cut = fmt.Sprintf("There are more results than the first %d: an answer ends at %d bytes.", len(j.found), maxBytes)
	default:
		j.found = append(j.found, row)
		j.bytes += len(row)
		return
	}
	j.stop()
}

func moreRows(rows int) string {
	return fmt.Sprintf("There are more results than the %d that were asked for.", rows)
}

// encode writes JSON, with the angle brackets of IRIs as they are.
func encode(x any) (json.RawMessage, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(x)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// addTags takes what a path found.
func (j *job) addTags(v *view, tags map[string]cayley.Ref) {
	row := make(map[string]any, len(tags))
	for tag, ref := range tags {
		if name := v.NameOf(ref); name != nil {
			row[tag] = name
		}
	}
	j.add(row)
}

// addFields takes the answer of graphql, which is one: a list, or an object, for each field.
func (j *job) addFields(fields map[string]any) {
	cut := false
	for name, list := range fields {
		if list, ok := list.([]map[string]any); ok && len(list) > j.rows {
			fields[name], cut = list[:j.rows], true
		}
	}
	j.add(fields)
	j.mu.Lock()
	defer j.mu.Unlock()
	if cut && j.cut == "" {
		j.cut = moreRows(j.rows)
	}
}

// drain takes all that an iterator finds, and closes it.
func (j *job) drain(ctx context.Context, it cquery.Iterator, take func(any)) error {
	for ctx.Err() == nil && it.Next(ctx) {
		take(it.Result())
	}
	err := it.Err()
	if closed := it.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return invalid(err.Error()) // the view knows of all that is not the query's fault
	}
	return nil
}

// none reports whether nothing was found yet.
func (j *job) none() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.found) == 0
}

// stopWith tells how to stop what does not look at its context.
func (j *job) stopWith(interrupt func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.interrupt = interrupt
}

// fail ends the query without an answer.
func (j *job) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil {
		j.err = err
	}
	j.stop()
}
