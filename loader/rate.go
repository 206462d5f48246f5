package loader

import (
	"strings"

	"whence/graph"
	"whence/loader/extract"
	"whence/loader/source"
)

// A RatedSentence is a sentence with how probably people find it worth checking, as tools outside the
// project read it. Span is half-open, in Unicode code points over the text of the document.
type RatedSentence struct {
	ID      string   `json:"id"` // of the document
	Span    FormSpan `json:"span"`
	Segment string   `json:"segment"` // its type
	Worth   float64  `json:"worth"`
	Text    string   `json:"text"`
}

// Rate rates the sentences of one item, without a store, in order of the text.
func Rate(item source.Item) []RatedSentence {
	f := former{o: graph.NewOffsets(item.Text)}
	var out []RatedSentence
	for _, s := range extract.Sentences(item) {
		out = append(out, RatedSentence{item.RecordID, f.span(s.Span), string(s.Segment), share(s.Worth), strings.TrimSpace(s.Span.Of(item.Text))})
	}
	return out
}
