package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"whence/graph/query"
)

type queryCmd struct {
	Language string `arg:"" help:"gizmo, graphql, mql or sexp." enum:"gizmo,graphql,mql,sexp"`
	Text     string `arg:"" help:"The query; - reads it from stdin."`
	Limit    int    `help:"At most this many results." default:"50"`
	KnownBy  string `help:"Leave out what was recorded later than this time (RFC 3339)." placeholder:"TIME"`
	Output   string `short:"o" help:"Write to a file instead of stdout." type:"path" placeholder:"FILE"`
}

// queryTimeout bounds one query: a script may have no end.
const queryTimeout = time.Minute

// Run asks a question in a query language.
func (c *queryCmd) Run(a *app) error {
	text := c.Text
	if text == "-" {
		b, err := io.ReadAll(io.LimitReader(a.stdin, query.MaxText+1))
		if err != nil {
			return fmt.Errorf("standard input: %w", err)
		}
		text = string(b)
	}
	q := question{path: "/api/v1/query", timeout: queryTimeout}
	q.add("language", c.Language)
	q.add("text", text)
	q.add("limit", fmt.Sprint(c.Limit))
	q.add("known_by", c.KnownBy)
	body, err := a.ask(q)
	if err != nil {
		return err
	}
	return a.output(c.Output, func(w io.Writer) error {
		if a.json {
			return written(w, body, "json")
		}
		var f struct {
			presence
			Items    []json.RawMessage `json:"items"`
			Cut      string            `json:"cut"`
			Warnings []string          `json:"warnings"`
		}
		if err := json.Unmarshal(body, &f); err != nil {
			return fmt.Errorf("the API's answer: %w", err)
		}
		for _, item := range f.Items {
			fmt.Fprintln(w, row(item))
		}
		a.epilogue(f.presence, len(f.Items), f.Warnings)
		if f.Cut != "" {
			fmt.Fprintln(a.stderr, "note:", clean(f.Cut), "--limit asks for more.")
		}
		return nil
	})
}

// row is a result in one line: a name and a value for each tag, that of where the path ends first; what is no tag
// as it is, and structures in JSON.
func row(item json.RawMessage) string {
	var tags map[string]json.RawMessage
	if json.Unmarshal(item, &tags) != nil || tags == nil {
		return cell(item)
	}
	names := make([]string, 0, len(tags))
	for name := range tags {
		if name != "id" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var cells []string
	if end, ok := tags["id"]; ok {
		cells = append(cells, cell(end))
	}
	for _, name := range names {
		cells = append(cells, clean(name)+": "+cell(tags[name]))
	}
	return strings.Join(cells, "\t")
}

func cell(value json.RawMessage) string {
	dec := json.NewDecoder(bytes.NewReader(value))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil {
		return folded(string(value))
	}
	if text, ok := v.(string); ok {
		return folded(text)
	}
	var b strings.Builder
	if err := jsonTo(&b).Encode(v); err != nil {
		return folded(string(value))
	}
	return folded(b.String())
}
