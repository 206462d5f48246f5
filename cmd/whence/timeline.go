package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

type timelineCmd struct {
	Claim      []string `arg:"" optional:"" help:"The claim's ID, or words of it."`
	Speaker    string   `help:"Instead of a claim: all that this person or body said, by name or ID."`
	Commenters bool     `help:"Also what readers say in comments."`
	linkFlags
	clockFlags
}

// Run tells in order what was said, and what was said of it.
func (c *timelineCmd) Run(a *app) error {
	q := question{path: "/api/v1/timeline"}
	q.add("q", strings.Join(c.Claim, " "))
	q.add("speaker", c.Speaker)
	c.linkFlags.to(&q)
	if c.Commenters {
		q.add("commenters", "true")
	}
	c.clockFlags.to(&q)
	body, err := a.ask(q)
	if err != nil {
		return err
	}
	if a.json {
		return a.print(body)
	}
	var t timelined
	if err := json.Unmarshal(body, &t); err != nil {
		return fmt.Errorf("the API's answer: %w", err)
	}
	t.print(a.stdout)
	a.epilogue(t.presence, len(t.Entries)+len(t.Undated), t.Warnings)
	return nil
}

// timelined is what the text output shows of a timeline.
type timelined struct {
	presence
	Entries []struct {
		Date          string `json:"date"`
		Moment        string `json:"moment"`
		Claim         *claim `json:"claim"`
		Clarification *struct {
			Target   node      `json:"target"`
			Document *document `json:"document"`
			Relation relation  `json:"relation"`
		} `json:"clarification"`
		Lag     *int  `json:"lag"`
		Carries *bool `json:"carries"`
	} `json:"entries"`
	Undated        []claim `json:"undated"`
	Clarifications []struct {
		Target   node   `json:"target"`
		Kind     string `json:"kind"`
		Date     string `json:"date"`
		Before   int    `json:"before"`
		After    int    `json:"after"`
		Carried  int    `json:"carried"`
		Voices   int    `json:"voices"`
		HalfLife string `json:"half_life"`
	} `json:"clarifications"`
	Warnings []string `json:"warnings"`
}

// print writes a timeline for people. Everything in it may come from a document, so every line is cleaned.
func (t *timelined) print(w io.Writer) {
	line := func(indent, format string, args ...any) {
		fmt.Fprintln(w, indent+folded(fmt.Sprintf(format, args...)))
	}
	words := func(ps []passage) {
		for _, p := range ps {
			line("              ", "…%s⟦%s⟧%s…", p.Prefix, cut(p.Exact, 300), p.Suffix)
		}
	}
	for _, e := range t.Entries {
		switch {
		case e.Claim != nil:
			late := ""
			if e.Lag != nil {
				late = fmt.Sprintf(", %d days after it was clarified", *e.Lag)
				if *e.Carries {
					late += ", which its document tells"
				}
			}
			line("", "%-10s  %s%s: %s", e.Date, e.Moment, late, e.Claim.byline())
			words(e.Claim.Content)
		case e.Clarification != nil:
			k := e.Clarification
			told := ""
			if k.Document != nil {
				told = ", told in " + k.Document.name()
			}
			line("", "%-10s  %s by %s %s%s", e.Date, k.Relation.Kind, k.Target.Type, cut(k.Target.Name, 120), told)
			words(k.Relation.Evidence)
		}
	}
	if len(t.Undated) > 0 {
		line("", "undated:")
		for _, c := range t.Undated {
			line("            ", "%s", c.byline())
			words(c.Content)
		}
	}
	for _, k := range t.Clarifications {
		line("", "%s %s (%s): said %d times before, %d after, by %d; %d of these carry it; half-life %s",
			k.Kind, cut(k.Target.Name, 80), orDash(k.Date), k.Before, k.After, k.Voices, k.Carried, k.HalfLife)
	}
}
