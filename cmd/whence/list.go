package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// What the text output shows of the API's answers. openapi.yaml in api describes them whole.
type (
	passage struct {
		Exact  string `json:"exact"`
		Prefix string `json:"prefix"`
		Suffix string `json:"suffix"`
	}
	document struct {
		ID        string   `json:"id"`
		Title     string   `json:"title"`
		Publisher string   `json:"publisher"`
		Authors   []string `json:"authors"`
		Kind      string   `json:"kind"`
		Published string   `json:"published"`
	}
	agent struct {
		ID         string   `json:"id"`
		Kind       string   `json:"kind"`
		Name       string   `json:"name"`
		Identified bool     `json:"identified"`
		Aliases    []string `json:"aliases"`
	}
	segment struct {
		Role   string `json:"role"`
		Author string `json:"author"`
		Date   string `json:"date"`
		Age    string `json:"age"`
	}
	claim struct {
		ID            string    `json:"id"`
		Words         string    `json:"words"`
		Mode          string    `json:"mode"`
		Polarity      string    `json:"polarity"`
		Content       []passage `json:"content"`
		Cue           []passage `json:"cue"`
		SaidOn        string    `json:"said_on"`
		StatedOn      string    `json:"stated_on"`
		Rule          string    `json:"rule"`
		Confidence    int       `json:"confidence"`
		Worth         int       `json:"worth"`
		Speaker       *agent    `json:"speaker"`
		SpeakerReason string    `json:"speaker_reason"`
		Document      *document `json:"document"`
		Segment       *segment  `json:"segment"`
	}
	cited struct {
		ID        string    `json:"id"`
		Kind      string    `json:"kind"`
		URL       string    `json:"url"`
		Title     string    `json:"title"`
		Publisher string    `json:"publisher"`
		Authors   []string  `json:"authors"`
		Date      string    `json:"date"`
		Passages  []passage `json:"passages"`
	}
	statistic struct {
		ID         string    `json:"id"`
		Figure     passage   `json:"figure"`
		Sentence   passage   `json:"sentence"`
		Value      *float64  `json:"value"`
		Min        *float64  `json:"min"`
		Max        *float64  `json:"max"`
		Bound      string    `json:"bound"`
		Unit       string    `json:"unit"`
		Measure    string    `json:"measure"`
		Population string    `json:"population"`
		Place      string    `json:"place"`
		Period     string    `json:"period"`
		Credit     string    `json:"credit"`
		Source     *cited    `json:"source"`
		Credited   *agent    `json:"credited"`
		Document   *document `json:"document"`
	}
	// presence is which of the five answers a question has.
	presence struct {
		Answer string `json:"answer"`
		Why    string `json:"why"`
	}
	page[T any] struct {
		presence
		Items    []T      `json:"items"`
		Next     string   `json:"next"`
		Warnings []string `json:"warnings"`
	}
)

// list asks for one page and prints it as JSON, or item by item.
func list[T any](a *app, q question, show func(T)) error {
	body, err := a.ask(q)
	if err != nil {
		return err
	}
	if a.json {
		return a.print(body)
	}
	var p page[T]
	if err := json.Unmarshal(body, &p); err != nil {
		return fmt.Errorf("the API's answer: %w", err)
	}
	for _, item := range p.Items {
		show(item)
	}
	a.epilogue(p.presence, len(p.Items), p.Warnings)
	if p.Next != "" {
		fmt.Fprintf(a.stderr, "there are more: --cursor %s\n", clean(short(p.Next)))
	}
	return nil
}

// epilogue says why there is nothing, and what was left out.
func (a *app) epilogue(p presence, n int, warnings []string) {
	if n == 0 {
		why := p.Why
		if why == "" {
			why = "nothing"
		}
		fmt.Fprintf(a.stdout, "%s: %s\n", orDash(p.Answer), clean(why))
	}
	for _, w := range warnings {
		fmt.Fprintln(a.stderr, "note:", clean(w))
	}
}

func short(id string) string { return strings.TrimPrefix(id, "urn:whence:") }

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

type claimsCmd struct {
	Words         []string `arg:"" optional:"" help:"Words that must all stand in the claim."`
	Speaker       string   `help:"Name or ID of who makes it."`
	Document      string   `help:"ID of the document." placeholder:"ID"`
	Mode          string   `help:"direct, indirect, mixed or voice." placeholder:"MODE"`
	From          string   `help:"Stated on this date or later." placeholder:"DATE"`
	To            string   `help:"Stated on this date or earlier." placeholder:"DATE"`
	Commenters    bool     `help:"Also what readers say in comments."`
	MinConfidence int      `help:"Leave out what was found with less confidence than this, in thousandths." placeholder:"N"`
	Sort          string   `help:"worth: the most worth checking first. Else by ID." enum:"worth," default:"" placeholder:"ORDER"`
	pageFlags
	clockFlags
}

// Run lists claims.
func (c *claimsCmd) Run(a *app) error {
	q := question{path: "/api/v1/claims"}
	q.add("q", strings.Join(c.Words, " "))
	q.add("speaker", c.Speaker)
	q.add("document", c.Document)
	q.add("mode", c.Mode)
	q.add("from", c.From)
	q.add("to", c.To)
	if c.Commenters {
		q.add("commenters", "true")
	}
	if c.MinConfidence != 0 {
		q.add("min_confidence", fmt.Sprint(c.MinConfidence))
	}
	q.add("sort", c.Sort)
	c.pageFlags.to(&q)
	c.clockFlags.to(&q)
	return list(a, q, func(x claim) {
		fmt.Fprintf(a.stdout, "%s\n  %s\n  %s · worth checking %.2f\n", clean(short(x.ID)), clean(cut(x.quoted(), 300)), clean(x.byline()), float64(x.Worth)/1000)
	})
}

// quoted is the claim's words, in marks when the document does not give them itself.
func (x claim) quoted() string {
	if x.Mode == "direct" || x.Mode == "mixed" {
		return x.Words
	}
	return "[" + x.Words + "]"
}

// byline tells who says it, where and when.
func (x claim) byline() string {
	who := "speaker not known"
	if x.Speaker != nil {
		who = x.Speaker.Name
		if !x.Speaker.Identified && x.Speaker.Kind == "person" {
			who += " (a name, not identified)"
		}
		if x.Speaker.Kind == "anonymous" {
			who = "a reader in a comment"
		}
	}
	if x.Polarity == "negative" {
		who += ", against it"
	}
	return fmt.Sprintf("%s · %s · %s", who, x.Mode, x.where())
}

// where names the document, its part and the date.
func (x claim) where() string {
	s := "document not held"
	if x.Document != nil {
		s = x.Document.name()
	}
	if x.Segment != nil && x.Segment.Role != "body" {
		s += ", " + x.Segment.Role
	}
	if x.StatedOn != "" {
		return s + ", " + x.StatedOn
	}
	return s + ", undated"
}

func (d document) name() string {
	switch {
	case d.Title != "" && d.Publisher != "":
		return d.Publisher + ", “" + d.Title + "”"
	case d.Title != "":
		return "“" + d.Title + "”"
	case d.Publisher != "":
		return d.Publisher
	}
	return "untitled document " + cut(short(d.ID), 20)
}

type documentsCmd struct {
	Words     []string `arg:"" optional:"" help:"Words of the title, publisher or authors."`
	Publisher string   `help:"Name of the publisher."`
	Kind      string   `help:"Kind of document." placeholder:"KIND"`
	From      string   `help:"Published on this date or later." placeholder:"DATE"`
	To        string   `help:"Published on this date or earlier." placeholder:"DATE"`
	pageFlags
	clockFlags
}

// Run lists documents.
func (c *documentsCmd) Run(a *app) error {
	q := question{path: "/api/v1/documents"}
	q.add("q", strings.Join(c.Words, " "))
	q.add("publisher", c.Publisher)
	q.add("kind", c.Kind)
	q.add("from", c.From)
	q.add("to", c.To)
	c.pageFlags.to(&q)
	c.clockFlags.to(&q)
	return list(a, q, func(x document) {
		fmt.Fprintf(a.stdout, "%s\n  %s\n  %s\n", clean(short(x.ID)), clean(x.name()),
			clean(strings.Join([]string{orDash(x.Kind), orDash(strings.Join(x.Authors, ", ")), orDash(x.Published)}, " · ")))
	})
}

type agentsCmd struct {
	Words      []string `arg:"" optional:"" help:"Words of the name or an alias."`
	Type       string   `help:"person, organisation, government, publication, programme or place." placeholder:"TYPE"`
	Commenters bool     `help:"Also readers who comment."`
	pageFlags
	clockFlags
}

// Run lists agents.
func (c *agentsCmd) Run(a *app) error {
	q := question{path: "/api/v1/agents"}
	q.add("q", strings.Join(c.Words, " "))
	q.add("type", c.Type)
	if c.Commenters {
		q.add("commenters", "true")
	}
	c.pageFlags.to(&q)
	c.clockFlags.to(&q)
	return list(a, q, func(x agent) {
		known := "a name, not identified"
		if x.Identified {
			known = "identified"
		}
		fmt.Fprintf(a.stdout, "%s\n  %s · %s · %s\n", clean(short(x.ID)), clean(x.Name), orDash(x.Kind), known)
		if len(x.Aliases) > 0 {
			fmt.Fprintf(a.stdout, "  also: %s\n", clean(cut(strings.Join(x.Aliases, "; "), 200)))
		}
	})
}

type statisticsCmd struct {
	Words         []string `arg:"" optional:"" help:"Words of the sentence."`
	Document      string   `help:"ID of the document." placeholder:"ID"`
	Source        string   `help:"Name or ID of who is credited." placeholder:"NAME"`
	Commenters    bool     `help:"Also figures in comments."`
	MinConfidence int      `help:"Leave out what was found with less confidence than this, in thousandths." placeholder:"N"`
	pageFlags
	clockFlags
}

// Run lists figures.
func (c *statisticsCmd) Run(a *app) error {
	q := question{path: "/api/v1/statistics"}
	q.add("q", strings.Join(c.Words, " "))
	q.add("document", c.Document)
	q.add("source", c.Source)
	if c.MinConfidence != 0 {
		q.add("min_confidence", fmt.Sprint(c.MinConfidence))
	}
	if c.Commenters {
		q.add("commenters", "true")
	}
	c.pageFlags.to(&q)
	c.clockFlags.to(&q)
	return list(a, q, func(x statistic) {
		fmt.Fprintf(a.stdout, "%s\n  %s\n  “%s”\n", clean(short(x.ID)), clean(x.line()), clean(cut(x.Sentence.Exact, 300)))
		if x.Document != nil {
			fmt.Fprintf(a.stdout, "  in %s\n", clean(x.Document.name()))
		}
	})
}

// line is a figure in one line: what, of whom, when, on whose word.
func (x statistic) line() string {
	parts := []string{x.Figure.Exact}
	if x.Unit != "" && !strings.Contains(x.Figure.Exact, x.Unit) {
		parts[0] += " (" + x.Unit + ")"
	}
	for _, p := range []string{x.Population, x.Measure, x.Place, x.Period} {
		if p != "" {
			parts = append(parts, cut(p, 80))
		}
	}
	switch {
	case x.Credited != nil:
		parts = append(parts, "sourced from "+x.Credited.Name)
	case x.Source != nil && x.Credit == "":
		parts = append(parts, "sourced from "+x.Source.name())
	case x.Source != nil:
		parts = append(parts, "sourced from “"+x.Credit+"”, not known who that is")
	default:
		parts = append(parts, "no source given")
	}
	return strings.Join(parts, " · ")
}
