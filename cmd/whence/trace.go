package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

type traceCmd struct {
	Claim      []string `arg:"" help:"The claim's ID, or words of it."`
	Format     string   `help:"text, json or dot." enum:"text,json,dot" default:"text" short:"f"`
	Depth      int      `help:"How many hops from the claim." default:"6"`
	Limit      int      `help:"At most this many claims of the family." default:"100"`
	Commenters bool     `help:"Also what readers say in comments."`
	Output     string   `short:"o" help:"Write to a file instead of stdout." type:"path" placeholder:"FILE"`
	linkFlags
	clockFlags
}

// What the text output shows of a trace.
type (
	relation struct {
		ID       string    `json:"id"`
		Kind     string    `json:"kind"`
		To       string    `json:"to"`
		Basis    string    `json:"basis"`
		Status   string    `json:"status"`
		Score    int       `json:"score"`
		Reasons  []string  `json:"reasons"`
		Evidence []passage `json:"evidence"`
	}
	node struct {
		ID   string `json:"id"`
		Type string `json:"type"`
		Name string `json:"name"`
		Date string `json:"date"`
	}
	qualifier struct {
		Relation relation   `json:"relation"`
		Target   node       `json:"target"`
		Speaker  *agent     `json:"speaker"`
		Document *document  `json:"document"`
		Held     *document  `json:"held"`
		Inferred bool       `json:"inferred"`
		Via      []relation `json:"via"`
	}
	traced struct {
		Claim      claim       `json:"claim"`
		Root       bool        `json:"root"`
		SaidIn     *cited      `json:"said_in"`
		Within     *claim      `json:"within"`
		Figures    []statistic `json:"figures"`
		Cites      []cited     `json:"cites"`
		Matches    []relation  `json:"matches"`
		Qualifiers []qualifier `json:"qualifiers"`
		Takes      []relation  `json:"takes"`
		Retells    *struct {
			Of       string `json:"of"`
			Words    int    `json:"words"`
			OwnWords int    `json:"own_words"`
		} `json:"retells"`
		way
		Said     way   `json:"said"`
		Fact     way   `json:"fact"`
		Branches []way `json:"branches"`
	}
	way struct {
		Path  []edge `json:"path"`
		End   end    `json:"end"`
		Depth int    `json:"depth"`
		Basis string `json:"basis"`
		Score int    `json:"score"`
	}
	edge struct {
		From string `json:"from"`
		Kind string `json:"kind"`
		To   string `json:"to"`
	}
	end struct {
		Kind string `json:"kind"`
		Node string `json:"node"`
		Why  string `json:"why"`
	}
	trace struct {
		presence
		Query   string   `json:"query"`
		Claims  []traced `json:"claims"`
		Origins []cited  `json:"origins"`
		Graph   struct {
			Nodes []node `json:"nodes"`
		} `json:"graph"`
		Warnings []string `json:"warnings"`
	}
)

// Run shows where a claim comes from.
func (c *traceCmd) Run(a *app) error {
	q := question{path: "/api/v1/trace"}
	q.add("q", strings.Join(c.Claim, " "))
	q.add("depth", fmt.Sprint(c.Depth))
	q.add("limit", fmt.Sprint(c.Limit))
	c.linkFlags.to(&q)
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
		var t trace
		if err := json.Unmarshal(body, &t); err != nil {
			return fmt.Errorf("the API's answer: %w", err)
		}
		t.print(w)
		if len(t.Claims) > 0 {
			t.presence.Why = ""
		}
		a.epilogue(t.presence, len(t.Claims), t.Warnings)
		return nil
	})
}

// print writes a trace as a tree. Everything in it may come from a document, so every line is cleaned.
func (t *trace) print(w io.Writer) {
	line := func(indent, format string, args ...any) {
		fmt.Fprintln(w, indent+folded(fmt.Sprintf(format, args...)))
	}
	if len(t.Claims) == 0 {
		return
	}
	documents := map[string]bool{}
	for _, c := range t.Claims {
		if c.Claim.Document != nil {
			documents[c.Claim.Document.ID] = true
		}
	}
	line("", "%s: %s in %s, %s", t.Query, plural(len(t.Claims), "claim"), plural(len(documents), "document"), plural(len(t.Origins), "origin"))
	for _, o := range t.Origins {
		line("  ", "first said in: %s", o.name())
	}
	names := map[string]string{}
	for _, n := range t.Graph.Nodes {
		names[n.ID] = n.Name
	}
	for _, c := range t.Claims {
		for _, s := range append(c.Cites, t.Origins...) {
			names[s.ID] = s.name()
		}
		if c.SaidIn != nil {
			names[c.SaidIn.ID] = c.SaidIn.name()
		}
		for _, f := range c.Figures {
			names[f.ID] = f.Figure.Exact
			if f.Source != nil {
				names[f.Source.ID] = f.Source.name()
			}
		}
		for _, x := range []*claim{&c.Claim, c.Within} {
			if x != nil {
				names[x.ID] = x.Words
			}
			if x != nil && x.Document != nil {
				names[x.Document.ID] = x.Document.name()
			}
		}
	}
	for _, c := range t.Claims {
		fmt.Fprintln(w)
		c.print(line, names)
	}
}

func (c *traced) print(line func(indent, format string, args ...any), names map[string]string) {
	x := c.Claim
	mark := "○"
	if c.Root {
		mark = "●"
	}
	line("", "%s %s", mark, x.byline())
	for _, p := range x.Content {
		line("  │ ", "…%s⟦%s⟧%s…", p.Prefix, p.Exact, p.Suffix)
	}
	why := x.SpeakerReason
	if why != "" {
		line("  ├ ", "speaker: %s", why)
	}
	if c.Within != nil {
		line("  ├ ", "reported by: %s", c.Within.byline())
	}
	if c.SaidIn != nil {
		s := c.SaidIn.name()
		if x.SaidOn != "" && x.SaidOn != c.SaidIn.Date {
			s += ", on " + x.SaidOn
		}
		line("  ├ ", "said in: %s", s)
	}
	for _, f := range c.Figures {
		line("  ├ ", "figure: %s", f.line())
	}
	for _, s := range c.Cites {
		line("  ├ ", "cites: %s", s.name())
	}
	for _, m := range c.Matches {
		line("  ├ ", "matches, %s · %s", m.standing(), short(m.ID))
	}
	for _, q := range c.Qualifiers {
		q.print(line)
	}
	if r := c.Retells; r != nil {
		line("  ├ ", "retells the speaker's own words: “%s” (%d words here, %d there; %s)", cut(names[r.Of], 200), r.Words, r.OwnWords, short(r.Of))
	}
	for _, t := range c.Takes {
		line("  ├ ", "%s “%s”, %s", t.Kind, cut(orDash(names[t.To]), 80), t.standing())
	}
	if len(c.Path) > 0 {
		line("  ├ ", "the way: %s", c.way.steps(names))
	}
	for _, end := range c.elsewhere() {
		line("  ├ ", "%s: %s. %s", end.name, end.End.Kind, end.End.Why)
		if len(end.Path) > 0 {
			line("  │   ", "%s", end.steps(names))
		}
	}
	line("  └ ", "ends: %s. %s", c.End.Kind, c.End.Why)
	line("    ", "%s · rule %s · confidence %.2f", short(x.ID), x.Rule, float64(x.Confidence)/1000)
}

// steps is a way in one line.
func (w *way) steps(names map[string]string) string {
	var out []string
	for _, e := range w.Path {
		out = append(out, fmt.Sprintf("%s → %s", e.Kind, cut(orDash(names[e.To]), 60)))
	}
	return strings.Join(out, "; ")
}

// A branch is a way with what it shows.
type branch struct {
	name string
	way
}

// elsewhere are the ways of a claim that end elsewhere than the one that says most.
func (c *traced) elsewhere() []branch {
	var out []branch
	told := []end{c.End}
	for _, b := range append([]branch{{"where it was said", c.Said}, {"what it rests on", c.Fact}}, c.branches()...) {
		if !slices.Contains(told, b.End) {
			told = append(told, b.End)
			out = append(out, b)
		}
	}
	return out
}

func (c *traced) branches() []branch {
	out := make([]branch, len(c.Branches))
	for i, w := range c.Branches {
		out[i] = branch{"another branch", w}
	}
	return out
}

// standing tells why a relation is held to be, and how surely.
func (r *relation) standing() string {
	out := r.Status
	if r.Basis != "" && r.Basis != r.Status && r.Basis != "inferred" {
		out += ", " + r.Basis
	}
	if len(r.Reasons) > 0 {
		out += ": " + strings.Join(r.Reasons, "; ")
	}
	return fmt.Sprintf("%s (%d)", out, r.Score)
}

func (q *qualifier) print(line func(indent, format string, args ...any)) {
	what := cut(q.Target.Name, 160)
	if q.Target.Type == "claim" {
		what = "[" + what + "]"
	}
	if q.Target.Date != "" {
		what += ", " + q.Target.Date
	}
	if q.Speaker != nil {
		what = q.Speaker.Name + ": " + what
	}
	how := "stated here"
	if q.Inferred {
		how = "inferred, stated of a matching claim"
		if q.Document != nil {
			how += " in " + q.Document.name()
		}
	}
	line("  ├ ", "%s %s (%s)", q.Relation.Kind, what, how)
	if q.Held != nil {
		line("  │   ", "held: %s (%s)", q.Held.name(), short(q.Held.ID))
	}
	if q.Inferred {
		return // its evidence stands under the claim that it is stated of
	}
	for _, e := range q.Relation.Evidence {
		line("  │   ", "because: …%s⟦%s⟧%s…", e.Prefix, e.Exact, e.Suffix)
	}
}

// name is what a source is called: authors, title, publisher and date, as far as they are known.
func (s cited) name() string {
	var parts []string
	if len(s.Authors) > 0 {
		parts = append(parts, strings.Join(s.Authors, ", "))
	}
	if s.Publisher != "" {
		parts = append(parts, s.Publisher)
	}
	switch {
	case s.Title != "":
		parts = append(parts, s.Title)
	case s.Kind == "data":
		parts = append(parts, "figures")
	case s.Kind != "url" && s.Kind != "document":
		parts = append(parts, s.Kind)
	}
	if s.Date != "" {
		parts = append(parts, s.Date)
	}
	if s.URL != "" {
		parts = append(parts, s.URL)
	}
	if len(parts) == 0 {
		return "a " + s.Kind + " that is not named"
	}
	return strings.Join(parts, ", ")
}
