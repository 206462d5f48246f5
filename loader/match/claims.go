package match

import (
	"cmp"
	"slices"
	"strings"

	"whence/graph"
)

// claims compares the candidates and relates the claims that belong together.
// Where a claim has its like, what is merely on its topic is not told, but for what has its
// figure: there a number may have changed its meaning. In one document only what it says
// twice is told, in its words or with its figure.
func (m *matcher) claims(candidates [][]int32) {
	m.like = map[[2]graph.ID]*joint{}
	hasA, hasB := map[int]bool{}, map[int]bool{}
	for i, list := range candidates {
		for _, j := range list {
			j := int(j)
			a, b := m.a.statements[i], m.b.statements[j]
			if m.inside && (i > j || !m.twice(a, b)) {
				continue
			}
			v := compare(a, b)
			if v.kind == "" || m.inside && v.figure == "" && (v.kind == graph.SameTopic || v.rule != "match/V") {
				continue
			}
			if m.inside && v.rule != "match/V" && v.kind != graph.SameTopic {
				// A writer who has one figure twice, in other words, mostly tells two things of it.
				v.kind, v.score = graph.SameTopic, min(v.score, graph.Confidence(topMost))
			}
			m.pairs[[2]int{i, j}] = v
			m.order = append(m.order, [2]int{i, j})
			if v.kind != graph.SameTopic {
				hasA[i], hasB[j] = true, true
			}
		}
	}
	m.repeats()
	for _, at := range m.order {
		v := m.pairs[at]
		if v.kind == graph.SameTopic && v.figure == "" && (hasA[at[0]] || hasB[at[1]]) {
			continue
		}
		a, b := m.a.statements[at[0]], m.b.statements[at[1]]
		// All claims of a statement are joined to the first of the other side: enough to make them one family.
		for _, c := range m.some(a.claims) {
			m.join(&end{c, a}, &end{b.first(), b}, v)
		}
		for _, c := range m.some(b.claims)[1:] {
			m.join(&end{a.first(), a}, &end{c, b}, v)
		}
	}
	m.keep()
}

// repeats joins, inside one document, claims with the same words to the first of them.
func (m *matcher) repeats() {
	if !m.inside {
		return
	}
	for _, s := range m.a.statements {
		v := compare(s, s)
		if v.kind == "" || v.kind == graph.SameTopic {
			continue
		}
		for _, c := range m.some(s.claims)[1:] {
			if !touch(c, s.first()) {
				m.join(&end{s.first(), s}, &end{c, s}, v)
			}
		}
	}
}

// twice reports whether two statements of one document stand in different places
// of it, and neither encloses the other.
func (m *matcher) twice(a, b *statement) bool {
	return a != b && !touch(a.first(), b.first())
}

// touch reports whether claims of one document share words or one encloses the other.
func touch(a, b *claim) bool {
	if a.within == b.id || b.within == a.id {
		return true
	}
	return slices.ContainsFunc(a.spans, func(p graph.Span) bool {
		return slices.ContainsFunc(b.spans, p.Overlaps)
	})
}

// A joint is two claims that belong together, one of either side.
type joint struct {
	a, b *end
	verdict
}

// An end is one claim of a joint, and what it says.
type end struct {
	*claim
	says *statement
}

// ends are the claims of a joint, the smaller ID first.
func (j *joint) ends() (from, to graph.ID) {
	if j.b.id < j.a.id {
		return j.b.id, j.a.id
	}
	return j.a.id, j.b.id
}

// Bounds on the matches in one link, so that a text that says one thing a thousand
// times costs no more than a long one. Nothing that people wrote comes near them.
const (
	maxOfClaim = 64   // of one claim
	maxOfLink  = 2000 // of all
)

// some returns as many claims of a statement as one claim can be matched with, and counts the rest.
func (m *matcher) some(claims []*claim) []*claim {
	n := min(len(claims), maxOfClaim)
	m.left += len(claims) - n
	return claims[:n]
}

// join notes two claims, from a to b.
func (m *matcher) join(a, b *end, v verdict) {
	m.joints = append(m.joints, joint{a, b, v})
}

// keep relates the claims joined, from the smaller ID to the larger, and remembers them
// from a to b: the best first, as many as the bounds let. The rest is counted.
func (m *matcher) keep() {
	slices.SortStableFunc(m.joints, func(x, y joint) int {
		xf, xt := x.ends()
		yf, yt := y.ends()
		return cmp.Or(cmp.Compare(y.score, x.score), strings.Compare(string(xf), string(yf)), strings.Compare(string(xt), string(yt)))
	})
	of := map[graph.ID]int{}
	kept := 0
	for i := range m.joints {
		j := &m.joints[i]
		from, to := j.ends()
		if kept == maxOfLink || of[from] == maxOfClaim || of[to] == maxOfClaim {
			m.left++
			continue
		}
		kept++
		of[from]++
		of[to]++
		if j.alike >= graph.FamilyThreshold {
			m.like[[2]graph.ID{j.a.id, j.b.id}] = j
		}
		m.relate(from, graph.Matches, to, j.score, graph.BasisInferred, j.rule, append([]string{j.kind}, j.why...)...)
	}
}
