package query

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	cayley "github.com/cayleygraph/cayley/graph"
	cquery "github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/cayley/query/mql"
	"github.com/cayleygraph/cayley/query/sexp"
	"github.com/cayleygraph/quad"

	"whence/graph"
)

// A language runs a query over a view, hands what it finds to a job, and returns when it has ended. What is wrong
// with the query is an error wrapping [graph.ErrInvalid].
type language struct {
	run func(ctx context.Context, v *view, text string, j *job) error
	// bare says that names are written as strings.
	bare bool
}

var languages = map[string]language{
	"gizmo":   {run: runGizmo},
	"graphql": {run: runGraphQL},
	"mql":     {run: runMQL},
	"sexp":    {run: runSexp, bare: true},
}

// Languages returns the names of the languages, in order.
func Languages() []string { return slices.Sorted(maps.Keys(languages)) }

func invalid(what string) error { return fmt.Errorf("%s: %w", what, graph.ErrInvalid) }

func runGraphQL(ctx context.Context, v *view, text string, j *job) error {
	it, err := graphql.NewSession(v).Execute(ctx, text, cquery.Options{Collation: cquery.JSON})
	if err != nil {
		return invalid(err.Error())
	}
	return j.drain(ctx, it, func(x any) {
		if fields, ok := x.(map[string]any); ok {
			j.addFields(fields)
		}
	})
}

func runMQL(ctx context.Context, v *view, text string, j *job) error {
	var parsed any
	if err := json.Unmarshal([]byte(text), &parsed); err != nil {
		return invalid(place(text, err))
	}
	it, err := mql.NewSession(v).Execute(ctx, text, cquery.Options{Collation: cquery.JSON})
	if err != nil {
		return invalid(err.Error())
	}
	return j.drain(ctx, it, func(x any) { j.add(x) })
}

func runSexp(ctx context.Context, v *view, text string, j *job) error {
	if depth(text) > maxNesting { // parsing and planning take long, and look at no context
		return invalid(fmt.Sprintf("parentheses are nested more than %d deep", maxNesting))
	}
	session := sexp.NewSession(v)
	if err := session.Parse(text); errors.Is(err, cquery.ErrParseMore) {
		return invalid("a parenthesis is not closed")
	} else if err != nil {
		return invalid(err.Error())
	}
	it, err := session.Execute(ctx, text, cquery.Options{Collation: cquery.Raw})
	if err != nil {
		return invalid(err.Error())
	}
	return j.drain(ctx, it, func(x any) {
		if tags, ok := x.(map[string]cayley.Ref); ok {
			j.addTags(v, tags)
		}
	})
}

// maxNesting bounds the parentheses of sexp.
const maxNesting = 20

// depth returns how deep parentheses are nested.
func depth(text string) (most int) {
	open := 0
	for _, r := range text {
		switch r {
		case '(':
			open++
			most = max(most, open)
		case ')':
			open--
		}
	}
	return most
}

// place says where JSON is wrong, in lines and characters from 1.
func place(text string, err error) string {
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return err.Error()
	}
	before := []byte(text)[:min(int64(len(text)), max(syntax.Offset-1, 0))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := len(bytes.Runes(before[bytes.LastIndexByte(before, '\n')+1:])) + 1
	return fmt.Sprintf("line %d, column %d: %v", line, column, err)
}

// jsonOf is what a language found, as JSON can have it.
func jsonOf(x any) any {
	switch x := x.(type) {
	case quad.Value:
		return plain(native(x))
	case []quad.Value:
		out := make([]any, len(x))
		for i, v := range x {
			out[i] = jsonOf(v)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(x))
		for key, v := range x {
			out[key] = jsonOf(v)
		}
		return out
	case []map[string]any:
		out := make([]any, len(x))
		for i, v := range x {
			out[i] = jsonOf(v)
		}
		return out
	}
	return x
}
