package cite

import (
	"sort"
	"strings"

	"whence/graph"
)

// anaphora are the nouns by which a text comes back to what it named: "the report also says".
var anaphora = map[string]string{
	"report": "report", "survey": "survey", "study": "study", "poll": "poll", "paper": "paper", "document": "document",
	"letter": "letter", "interview": "interview", "speech": "speech", "inquiry": "inquiry", "act": "act", "bill": "bill", "dossier": "dossier",
}

// maxBack is how many bytes back "the report" may reach.
const maxBack = 4000

// recent is how many bytes apart two mentions may stand of which the second begins anew ("an interview with the BBC").
const recent = 600

// merge joins the mentions of one thing, then adds the places that only come back to it.
func (r *reader) merge() []Citation {
	var out []mention
	byKey := map[string][]int{}
	for _, m := range r.found {
		key := m.key()
		joined := false
		for k := len(byKey[key]) - 1; k >= 0 && k >= len(byKey[key])-8 && !joined; k-- {
			if joined = m.same(&out[byKey[key][k]]); joined {
				out[byKey[key][k]].join(m)
			}
		}
		if !joined {
			byKey[key] = append(byKey[key], len(out))
			out = append(out, m)
		}
	}
	r.comeBack(out)
	return citations(out)
}

// key is what two mentions of one thing share at least.
func (m *mention) key() string {
	switch m.Kind {
	case graph.SourceURL:
		return "url|" + m.URL
	case graph.SourceAuthorYear:
		return "ay|" + strings.ToLower(strings.Join(m.Authors, "|")) + "|" + string(m.Date)
	case graph.SourceLegislation:
		return "law|" + strings.ToLower(strings.TrimSpace(strings.TrimSuffix(m.Title, string(m.Date))))
	case graph.SourceBook:
		return "book|" + strings.ToLower(m.Title)
	}
	return string(m.Kind) + "|" + strings.ToLower(m.Publisher+"|"+strings.Join(m.Authors, "|"))
}

// same reports whether m, which shares its key with an earlier mention, is of the same thing.
func (m *mention) same(earlier *mention) bool {
	if m.URL != "" && earlier.URL != "" && m.URL != earlier.URL || !compatible(string(m.Date), string(earlier.Date)) {
		return false
	}
	switch m.Kind {
	case graph.SourceURL, graph.SourceAuthorYear, graph.SourceLegislation, graph.SourceBook:
		return true
	}
	if m.Description() == earlier.Description() {
		return true // nothing would tell them apart
	}
	if m.Title != "" && earlier.Title != "" && !strings.EqualFold(m.Title, earlier.Title) || m.Publisher == "" && len(m.Authors) == 0 && m.Title == "" {
		return false
	}
	bare := earlier.Title == "" && earlier.Date == ""
	return m.definite || bare && m.Spans[0].Start-earlier.Spans[len(earlier.Spans)-1].End < recent
}

// Description tells the thing apart inside its document, as [graph.Source.Description] does.
func (c *Citation) Description() string {
	s := graph.Source{Kind: c.Kind, Title: c.Title, Publisher: c.Publisher, Authors: c.Authors, Date: c.Date}
	return s.Description()
}

// compatible reports whether one of two dates only says the other less exactly.
func compatible(a, b string) bool { return strings.HasPrefix(a, b) || strings.HasPrefix(b, a) }

// join adds what a later mention of the same thing says.
func (m *mention) join(later mention) {
	m.Spans = append(m.Spans, later.Spans...)
	if m.Title == "" || m.Kind == graph.SourceLegislation && len(later.Title) > len(m.Title) {
		m.Title = later.Title
	}
	if len(later.Date) > len(m.Date) {
		m.Date = later.Date
	}
	if m.URL == "" {
		m.URL = later.URL
	}
	if m.noun == "" {
		m.noun = later.noun
	}
	m.Confidence = max(m.Confidence, later.Confidence)
}

// comeBack adds "the report", "the Act" to the one thing of that sort named before
// it and not long ago (rule of the thing itself). When two were named, to neither.
func (r *reader) comeBack(out []mention) {
	type named struct{ which, count, at int }
	seen := map[string]named{}
	k := 0
	for i := range r.tokens {
		for k < len(out) && out[k].Spans[0].End <= r.tokens[i].Start {
			noun := out[k].noun
			if s := seen[noun]; s.count == 0 || s.which != k {
				seen[noun] = named{which: k, count: s.count + 1, at: out[k].Spans[0].End}
			}
			k++
		}
		noun, ok := anaphora[r.low(i)]
		if !ok || r.tokens[i].taken || !r.is(i-1, "the", "this", "that") || !r.same(i-1, i) || r.of(i+1, headLast) || r.is(i+1, "of", "by", "from") {
			continue
		}
		s := seen[noun]
		if s.count != 1 || r.tokens[i].Start-s.at > maxBack {
			continue
		}
		m := &out[s.which]
		m.Spans = append(m.Spans, r.span(i-1, i))
		s.at = r.tokens[i].End
		seen[noun] = s
	}
}

// citations puts the spans of each mention in order and joins those that no description tells apart.
func citations(in []mention) []Citation {
	var out []Citation
	at := map[string]int{}
	for _, m := range in {
		key := m.URL
		if key == "" {
			key = m.Description()
		}
		if k, ok := at[key]; ok {
			out[k].Spans = append(out[k].Spans, m.Spans...)
			continue
		}
		at[key] = len(out)
		out = append(out, m.Citation)
	}
	for k := range out {
		spans := out[k].Spans
		sort.Slice(spans, func(i, j int) bool {
			return spans[i].Start < spans[j].Start || spans[i].Start == spans[j].Start && spans[i].End < spans[j].End
		})
		kept := spans[:1]
		for _, s := range spans[1:] {
			if last := &kept[len(kept)-1]; s.Start < last.End {
				last.End = max(last.End, s.End)
			} else {
				kept = append(kept, s)
			}
		}
		out[k].Spans = kept
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, b := out[i].Spans[0], out[j].Spans[0]
		return a.Start < b.Start || a.Start == b.Start && a.End < b.End
	})
	return out
}
