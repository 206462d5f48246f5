package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"whence/graph"
	"whence/loader/cover"
)

type matchCmd struct {
	Words      []string `arg:"" help:"What somebody says, in any words."`
	Speaker    string   `help:"The name of who says it: what they say comes a little higher." placeholder:"NAME"`
	FactChecks bool     `help:"Fact-checks only."`
	Commenters bool     `help:"Also what readers say in comments."`
	Limit      int      `help:"At most this many." default:"10"`
	Cursor     string   `help:"Go on after this ID, as the list before said." placeholder:"ID"`
	clockFlags
}

// matched is what the text output shows of a match.
type matched struct {
	Kind     string    `json:"kind"`
	Score    int       `json:"score"`
	Reasons  []string  `json:"reasons"`
	Claim    *claim    `json:"claim"`
	Document *document `json:"document"`
	Reviews  []struct {
		Reviewer string `json:"reviewer"`
		Verdict  string `json:"verdict"`
		URL      string `json:"url"`
	} `json:"reviews"`
}

// Run lists the claims and fact-checks that cover some words.
func (c *matchCmd) Run(a *app) error {
	q := question{path: "/api/v1/match"}
	q.add("q", strings.Join(c.Words, " "))
	q.add("speaker", c.Speaker)
	if c.FactChecks {
		q.add("fact_checks", "true")
	}
	if c.Commenters {
		q.add("commenters", "true")
	}
	pageFlags{c.Limit, c.Cursor}.to(&q)
	c.clockFlags.to(&q)
	return list(a, q, func(m matched) { m.print(a) })
}

func (m matched) print(a *app) {
	head := "a document"
	if m.Document != nil {
		head = m.Document.name()
	}
	id := ""
	switch {
	case m.Claim != nil:
		id = m.Claim.ID
	case m.Document != nil:
		id = m.Document.ID
	}
	if m.Kind == "fact-check" {
		head = "fact-check: " + head
		if m.Document != nil && m.Document.Published != "" {
			head += ", " + m.Document.Published
		}
		fmt.Fprintf(a.stdout, "%.2f  %s\n", float64(m.Score)/1000, clean(head))
	} else {
		fmt.Fprintf(a.stdout, "%.2f  %s\n", float64(m.Score)/1000, clean(short(id)))
	}
	if m.Claim != nil {
		fmt.Fprintf(a.stdout, "      %s\n      %s\n", clean(cut(m.Claim.quoted(), 300)), clean(m.Claim.byline()))
	}
	for _, r := range m.Reviews {
		fmt.Fprintf(a.stdout, "      reviewed by %s: %s\n", clean(orDash(r.Reviewer)), clean(orDash(r.Verdict)))
	}
	fmt.Fprintf(a.stdout, "      %s\n", clean(strings.Join(m.Reasons, "; ")))
}

// vectorsPath is the file beside the graph that keeps what the encoder makes of it; "" when nothing is kept.
func (a *app) vectorsPath() string {
	if !a.inFolder() {
		return ""
	}
	return filepath.Join(a.store, "embeddings")
}

type indexCmd struct{}

// Run encodes what is held and was not encoded yet, and forgets the vectors of what is not held any more.
func (c *indexCmd) Run(a *app) error {
	if !a.inFolder() {
		return usagef("what the encoder makes is kept in the folder of a store: --store names none")
	}
	store, err := a.open(false)
	if err != nil {
		return err
	}
	defer store.Close()
	texts, err := a.texts(store)
	if err != nil {
		return err
	}
	vectors, err := cover.OpenVectors(a.vectorsPath())
	if err != nil {
		return err
	}
	if n := vectors.Damaged(); n > 0 {
		a.warn(fmt.Sprintf("%s: %s did not read back; what is held of that is encoded again", a.vectorsPath(), plural(n, "vector")))
	}
	missing := vectors.Missing(texts)
	if err := a.encode(vectors, missing); err != nil {
		return err
	}
	if err := vectors.Keep(texts); err != nil {
		return err
	}
	out := map[string]int{"claims_and_titles": len(texts), "encoded": len(missing), "vectors": vectors.Len()}
	if a.json {
		err = jsonTo(a.stdout).Encode(out)
	} else {
		fmt.Fprintf(a.stdout, "encoded %s; %s are held for %s\n", plural(len(missing), "text"), plural(vectors.Len(), "vector"), plural(len(texts), "claim and title"))
	}
	if err != nil {
		return err
	}
	return store.Close()
}

// texts reads all that a question may be matched with.
func (a *app) texts(store graph.Store) (texts []cover.Text, err error) {
	err = store.View(a.ctx, graph.At{}, func(r graph.Reader) error {
		texts, err = cover.TextsOf(a.ctx, r)
		return err
	})
	return texts, err
}

// forget drops the vectors of what the store does not hold any more: a vector tells something of its text.
func (a *app) forget(store graph.Store) error {
	if !a.inFolder() {
		return nil
	}
	if _, err := os.Stat(a.vectorsPath()); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	vectors, err := cover.OpenVectors(a.vectorsPath())
	if err != nil {
		return err
	}
	texts, err := a.texts(store)
	if err != nil {
		return err
	}
	return vectors.Keep(texts)
}
