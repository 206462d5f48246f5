package extract

import (
	"sort"

	"whence/graph"
	"whence/loader/extract/relation"
)

// relations adds what the article says of its own claims. Readers' comments are
// left out: a comment answers the article, and that is its segment's to say.
func (x *extraction) relations() {
	in := relation.Input{Text: x.text, Sentences: x.allSentences(), Citations: x.cites, Names: x.names}
	for i, a := range x.found {
		if x.layout.Segments[a.segment].Type.IsReader() {
			continue
		}
		c := relation.Claim{Index: i, Content: a.content, Segment: a.segment, Sentence: sentenceIndex(in.Sentences, a.content[0].Start)}
		if a.source.Len() > 0 {
			c.Source = []graph.Span{a.source}
		}
		if a.cue.Len() > 0 {
			c.Cue = []graph.Span{a.cue}
		}
		in.Claims = append(in.Claims, c)
	}
	seen := map[graph.ID]bool{}
	for _, rel := range relation.Find(in) {
		to := graph.ID("")
		if rel.ToCitation >= 0 {
			to = x.citeIDs[rel.ToCitation]
		} else {
			to = x.r.Claims[rel.To].ID
		}
		from := x.r.Claims[rel.From]
		r := graph.Relation{
			ID: graph.NewRelationID(from.ID, rel.Kind, to), Kind: rel.Kind, From: from.ID, To: to, Document: x.r.Document.ID, Version: x.r.Version.ID,
			Score: rel.Confidence, Basis: graph.BasisStated, Rule: rel.Rule,
		}
		if seen[r.ID] || from.ID == to {
			continue
		}
		seen[r.ID] = true
		for _, e := range rel.Evidence {
			r.Evidence = append(r.Evidence, graph.NewPassage(x.text, e))
		}
		if len(rel.Evidence) > 0 {
			if si := x.segmentAt(rel.Evidence[0].Start); si >= 0 {
				r.StatedOn = x.statedOn(si)
			}
		}
		x.r.Relations = append(x.r.Relations, r)
	}
}

// sentenceIndex is the sentence that holds an offset, the nearest before it if none does.
func sentenceIndex(sentences []graph.Span, at int) int {
	i := sort.Search(len(sentences), func(i int) bool { return sentences[i].End > at })
	return min(i, max(len(sentences)-1, 0))
}
