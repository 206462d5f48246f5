package extract

import (
	"sort"
	"strings"

	"whence/graph"
)

// minInner is the number of words from which a quotation is searched for what its speaker reports in turn.
const minInner = 6

var firstPerson = set(`i we`)

// inner reads what is reported inside quotations: “The study shows that it works,” said Jones. The words between the
// marks are read as a text of their own. What the speaker says of themselves there is no report.
func (r *reader) inner() {
	for qi, q := range r.quotes {
		if r.taken[qi] < 0 || len(strings.Fields(q.inner.Of(r.text))) < minInner {
			continue
		}
		p := paragraph{Span: q.inner, Segment: r.segment}
		sentences := r.paras[q.para].Sentences
		first := sort.Search(len(sentences), func(i int) bool { return sentences[i].End > q.inner.Start })
		for _, s := range sentences[first:] {
			if s.Start >= q.inner.End {
				break
			}
			p.Sentences = append(p.Sentences, graph.Span{Start: max(s.Start, q.inner.Start), End: min(s.End, q.inner.End)})
		}
		in := newReader(r.text, r.segment, []paragraph{p}, r.names)
		in.nested = true
		in.read()
		in.dropDenied()
		for _, a := range in.found {
			if a.source.Len() > 0 && !firstPerson[fold(a.source.Of(r.text))] {
				a.mode = in.modeOf(&a)
				r.add(a)
			}
		}
	}
}
