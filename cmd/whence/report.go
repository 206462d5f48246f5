package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
)

type reportCmd struct {
	Kind       string `arg:"" optional:"" help:"Which report; without it, the reports that there are."`
	Format     string `help:"text, json or csv." enum:"text,json,csv" default:"text" short:"f"`
	Speaker    string `help:"Only claims of this person or body: a name or an ID."`
	Publisher  string `help:"Only documents of this publisher."`
	Document   string `help:"Only this document." placeholder:"ID"`
	From       string `help:"Stated on this date or later." placeholder:"DATE"`
	To         string `help:"Stated on this date or earlier." placeholder:"DATE"`
	Severity   int    `help:"At least this bad, in thousandths."`
	Grace      int    `help:"Days after a clarification in which a repeat is not yet late." default:"2"`
	Commenters bool   `help:"Also about what readers say in comments."`
	Output     string `short:"o" help:"Write to a file instead of stdout." type:"path" placeholder:"FILE"`
	linkFlags
	pageFlags
	clockFlags
}

// What the text output shows of a report.
type (
	hop struct {
		Node     node      `json:"node"`
		Speaker  *agent    `json:"speaker"`
		Document *document `json:"document"`
		Evidence []passage `json:"evidence"`
		By       *relation `json:"by"`
		Why      string    `json:"why"`
	}
	finding struct {
		ID       string    `json:"id"`
		Type     string    `json:"type"`
		Severity int       `json:"severity"`
		Date     string    `json:"date"`
		Why      string    `json:"why"`
		Subject  node      `json:"subject"`
		Claim    *claim    `json:"claim"`
		Document *document `json:"document"`
		Hops     []hop     `json:"hops"`
		Values   []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"values"`
	}
	reported struct {
		page[finding]
		Kind   string `json:"kind"`
		Title  string `json:"title"`
		Total  int    `json:"total"`
		Counts []struct {
			Type  string `json:"type"`
			Count int    `json:"count"`
		} `json:"counts"`
		Undated []node   `json:"undated"`
		Unseen  []string `json:"unseen"`
	}
)

// Run makes a report, or lists the reports.
func (c *reportCmd) Run(a *app) error {
	if c.Kind == "" {
		return list(a, question{path: "/api/v1/reports", receipt: c.Receipt}, func(k struct {
			Kind  string `json:"kind"`
			Title string `json:"title"`
		},
		) {
			fmt.Fprintf(a.stdout, "%-18s %s\n", k.Kind, k.Title)
		})
	}
	q := question{path: "/api/v1/reports/" + url.PathEscape(c.Kind)}
	q.add("speaker", c.Speaker)
	q.add("publisher", c.Publisher)
	q.add("document", c.Document)
	q.add("from", c.From)
	q.add("to", c.To)
	q.add("severity", fmt.Sprint(c.Severity))
	q.add("grace", fmt.Sprint(c.Grace))
	c.linkFlags.to(&q)
	if c.Commenters {
		q.add("commenters", "true")
	}
	c.pageFlags.to(&q)
	c.clockFlags.to(&q)
	if c.Format == "csv" {
		q.add("format", "csv")
	}
	body, err := a.ask(q)
	if err != nil {
		return err
	}
	return a.output(c.Output, func(w io.Writer) error {
		if c.Format != "text" || a.json {
			return written(w, body, c.Format)
		}
		var r reported
		if err := json.Unmarshal(body, &r); err != nil {
			return fmt.Errorf("the API's answer: %w", err)
		}
		r.print(w)
		a.epilogue(r.presence, len(r.Items), r.Warnings)
		if r.Next != "" {
			fmt.Fprintf(a.stderr, "there are more: --cursor %s\n", clean(short(r.Next)))
		}
		return nil
	})
}

// print writes a report for people. Everything in it may come from a document, so every line is cleaned.
func (r *reported) print(w io.Writer) {
	line := func(indent, format string, args ...any) {
		fmt.Fprintln(w, indent+folded(fmt.Sprintf(format, args...)))
	}
	if r.Kind == "" {
		return // about what is not held: the answer says so
	}
	line("", "%s: %s (%s)", r.Kind, r.Title, plural(r.Total, "finding"))
	var counts []string
	for _, n := range r.Counts {
		counts = append(counts, fmt.Sprintf("%s %d", n.Type, n.Count))
	}
	if len(counts) > 0 {
		line("  ", "%s", strings.Join(counts, ", "))
	}
	for _, x := range r.Items {
		fmt.Fprintln(w)
		x.print(line)
	}
	if len(r.Undated) > 0 {
		fmt.Fprintln(w)
		line("", "undated, so it is not known whether they came late:")
		for _, n := range r.Undated {
			line("  ", "%s · %s", short(n.ID), cut(n.Name, 120))
		}
	}
	for _, u := range r.Unseen {
		line("", "not seen: %s", u)
	}
}

func (x *finding) print(line func(indent, format string, args ...any)) {
	line("", "● %s, %d of 1000: %s", x.Type, x.Severity, x.Why)
	for _, h := range x.Hops {
		who := h.Node.Name
		switch {
		case h.Speaker != nil && h.Speaker.Kind == "anonymous":
			who = "a reader in a comment"
		case h.Speaker != nil:
			who = h.Speaker.Name
		case h.Node.Type == "claim":
			who = "speaker not known"
		}
		where := ""
		if h.Document != nil {
			where = " · " + h.Document.name()
			if h.Document.Published != "" {
				where += ", " + h.Document.Published
			}
		}
		line("  ├ ", "%s: %s%s", orDash(h.Why), cut(who, 80), where)
		for _, p := range h.Evidence {
			line("  │   ", "…%s⟦%s⟧%s…", p.Prefix, cut(p.Exact, 400), p.Suffix)
		}
		if h.By != nil {
			line("  │   ", "%s, %s", h.By.Kind, h.By.standing())
		}
	}
	var values []string
	for _, v := range x.Values {
		values = append(values, v.Name+" "+v.Value)
	}
	if len(values) > 0 {
		line("  ├ ", "%s", strings.Join(values, "; "))
	}
	line("  └ ", "%s", short(x.Subject.ID))
}
