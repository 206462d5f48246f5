package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

type pathCmd struct {
	From       string `arg:"" help:"A node's ID, an agent's name, or words of a claim."`
	To         string `arg:"" help:"As the first."`
	Format     string `help:"text, json or dot." enum:"text,json,dot" default:"text" short:"f"`
	Count      int    `help:"How many paths, the best first." default:"3"`
	Length     int    `help:"At most this many hops." default:"8"`
	Through    bool   `help:"Also through speakers, publishers and what is cited everywhere."`
	Commenters bool   `help:"Also through what readers say in comments."`
	Output     string `short:"o" help:"Write to a file instead of stdout." type:"path" placeholder:"FILE"`
	linkFlags
	clockFlags
}

// Run shows how two things are connected.
func (c *pathCmd) Run(a *app) error {
	q := question{path: "/api/v1/paths"}
	q.add("from", c.From)
	q.add("to", c.To)
	q.add("count", fmt.Sprint(c.Count))
	q.add("length", fmt.Sprint(c.Length))
	c.linkFlags.to(&q)
	if c.Through {
		q.add("through", "true")
	}
	if c.Commenters {
		q.add("commenters", "true")
	}
	c.clockFlags.to(&q)
	if c.Format == "dot" {
		q.media = mediaDOT
	}
	body, err := a.ask(q)
	if err != nil {
		return err
	}
	return a.output(c.Output, func(w io.Writer) error {
		if c.Format != "text" || a.json {
			return written(w, body, c.Format)
		}
		var p connected
		if err := json.Unmarshal(body, &p); err != nil {
			return fmt.Errorf("the API's answer: %w", err)
		}
		p.print(w)
		a.epilogue(p.presence, len(p.Paths), append(p.LeftOut, p.Warnings...))
		return nil
	})
}

// connected is what the text output shows of paths.
type connected struct {
	presence
	Paths []struct {
		Cost int `json:"cost"`
		Hops []struct {
			Node     node      `json:"node"`
			Document *document `json:"document"`
			Speaker  *agent    `json:"speaker"`
			Evidence []passage `json:"evidence"`
			Edges    []edge    `json:"edges"`
			Relation *relation `json:"relation"`
		} `json:"hops"`
	} `json:"paths"`
	LeftOut  []string `json:"left_out"`
	Warnings []string `json:"warnings"`
}

// print writes paths for people. Everything in them may come from a document, so every line is cleaned.
func (p *connected) print(w io.Writer) {
	line := func(indent, format string, args ...any) {
		fmt.Fprintln(w, indent+folded(fmt.Sprintf(format, args...)))
	}
	for i, path := range p.Paths {
		if i > 0 {
			fmt.Fprintln(w)
		}
		line("", "path %d: %s, cost %d", i+1, plural(len(path.Hops)-1, "hop"), path.Cost)
		for _, h := range path.Hops {
			for _, e := range h.Edges {
				arrow := "→"
				if e.From == h.Node.ID {
					arrow = "←"
				}
				why := ""
				if h.Relation != nil {
					why = ", " + h.Relation.standing()
				}
				line("  │ ", "%s %s%s", arrow, e.Kind, why)
			}
			who := []string{}
			if h.Speaker != nil && h.Speaker.Kind != "anonymous" && h.Node.Type == "claim" {
				who = append(who, h.Speaker.Name)
			}
			if h.Document != nil && h.Node.Type != "document" {
				who = append(who, h.Document.name())
			}
			line("  ● ", "%s %s", h.Node.Type, strings.Join(append([]string{cut(h.Node.Name, 160)}, who...), " · "))
			if h.Node.Type == "statistic" || h.Node.Type == "source" {
				for _, e := range h.Evidence {
					line("  │   ", "…%s⟦%s⟧%s…", e.Prefix, cut(e.Exact, 200), e.Suffix)
				}
			}
		}
	}
}
