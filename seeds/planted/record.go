package planted

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"whence/graph"
)

// A Record is a document as a line of JSONL, in the fields that `whence load` reads.
type Record struct {
	URL       string `json:"url"`
	Title     string `json:"title"`
	Publisher string `json:"publisher"`
	Kind      string `json:"kind"`
	Published string `json:"published,omitempty"`
	Retrieved string `json:"retrieved,omitempty"`
	Text      string `json:"text"`
}

// Records returns the documents of the story as plain text, with what was known of them.
func (s *Story) Records() []Record {
	out := make([]Record, len(s.Documents))
	for i, d := range s.Documents {
		out[i] = Record{
			URL: string(d.Address), Title: d.Title, Publisher: d.Publisher.Name, Kind: string(d.Kind), Published: string(d.Published), Text: d.Text,
		}
		if !d.Retrieved.IsZero() {
			out[i].Retrieved = d.Retrieved.Format(time.RFC3339)
		}
	}
	return out
}

// WriteRecords writes the documents of every story, one a line.
func (c Corpus) WriteRecords(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for s := range c.Stories() {
		for _, r := range s.Records() {
			if err := e.Encode(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// WriteAuthority writes who is who, as the YAML that `whence load --authority` reads.
func (c Corpus) WriteAuthority(w io.Writer) error {
	var b strings.Builder
	b.WriteString("agents:\n")
	for _, a := range newCast(c.Seed).agents() {
		fmt.Fprintf(&b, "  - key: %s\n    name: %q\n    type: %s\n", a.ID[len(graph.AuthorityAgentID("")):], a.Name, a.Type)
		for i, o := range a.Offices {
			if i == 0 {
				b.WriteString("    offices:\n")
			}
			fmt.Fprintf(&b, "      - title: %q\n        body: %q\n", o.Title, o.Body)
			for _, d := range slices.DeleteFunc([][2]string{{"from", string(o.From)}, {"until", string(o.Until)}}, func(d [2]string) bool { return d[1] == "" }) {
				fmt.Fprintf(&b, "        %s: %q\n", d[0], d[1])
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
