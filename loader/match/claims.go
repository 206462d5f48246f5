package match

import (
	"slices"

	"whence/graph"
)

// claims compares the candidates and relates the claims that belong together.
// Where a claim has its like, what is merely on its topic is not told.
func (m *matcher) claims() {
	m.same = map[[2]graph.ID]verdict{}
	hasA, hasB := map[int]bool{}, map[int]bool{}
	for i, list := range m.candidates() {
		for _, j := range list {
			a, b := m.a.statements[i], m.b.statements[j]
			if m.inside && (i > j || !m.twice(a, b)) {
				continue
			}
			v := compare(a, b)
			if v.kind == "" || m.inside && (v.kind == graph.SameTopic || v.rule != "match/V") {
				continue
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
		if v.kind == graph.SameTopic && (hasA[at[0]] || hasB[at[1]]) {
			continue
		}
		a, b := m.a.statements[at[0]], m.b.statements[at[1]]
		if m.inside && at[0] == at[1] {
			continue
		}
		// All claims of a statement are joined to the first of the other side: enough to make them one family.
		for _, c := range a.claims {
			m.join(c, b.first(), v)
		}
		for _, c := range b.claims[1:] {
			m.join(a.first(), c, v)
		}
	}
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
		for _, c := range s.claims[1:] {
			if !touch(c, s.first()) {
				m.join(s.first(), c, v)
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
func touch(a, b *graph.Claim) bool {
	if a.Within == b.ID || b.Within == a.ID {
		return true
	}
	return slices.ContainsFunc(a.Content, func(p graph.Passage) bool {
		return slices.ContainsFunc(b.Content, func(q graph.Passage) bool { return p.Overlaps(q.Span) })
	})
}

// join relates two claims, from the smaller ID to the larger, and remembers them from a to b.
func (m *matcher) join(a, b *graph.Claim, v verdict) {
	if v.kind != graph.SameTopic {
		m.same[[2]graph.ID{a.ID, b.ID}] = v
	}
	from, to := a.ID, b.ID
	if to < from {
		from, to = to, from
	}
	m.relate(from, graph.Matches, to, v.score, graph.BasisInferred, v.rule, append([]string{v.kind}, v.why...)...)
}
