package loader

import (
	"cmp"
	"fmt"
	"slices"

	"whence/graph"
)

// mostOfEach bounds the claims and the figures that one document brings into the graph: what a
// million characters of prose hold, several times over. A text made of nothing but
// little quotations would else take more memory than its writer should have.
const mostOfEach = 20_000

// bound leaves the first claims and figures of a reading, in the order of the text, at most n of each,
// without what hangs on the others, and tells what was left out.
func bound(r *graph.Reading, n int) (note string) {
	claims, figures := len(r.Claims), len(r.Statistics)
	if claims <= n && figures <= n {
		return ""
	}
	gone := map[graph.ID]bool{}
	r.Claims = first(r.Claims, n, func(c *graph.Claim) int { return c.Content[0].Start }, func(c *graph.Claim) { gone[c.ID] = true })
	for i := range r.Claims {
		if c := &r.Claims[i]; gone[c.Within] {
			c.Within = ""
		}
	}
	r.Statistics = slices.DeleteFunc(r.Statistics, func(s graph.Statistic) bool {
		if gone[s.Claim] {
			gone[s.ID] = true
		}
		return gone[s.ID]
	})
	r.Statistics = first(r.Statistics, n, func(s *graph.Statistic) int { return s.Figure.Start }, func(s *graph.Statistic) { gone[s.ID] = true })
	r.Relations = slices.DeleteFunc(r.Relations, func(rel graph.Relation) bool { return gone[rel.From] || gone[rel.To] })
	return fmt.Sprintf("too much for one document: %d claims and %d figures, those after the first %d, were left out",
		claims-len(r.Claims), figures-len(r.Statistics), n)
}

// first returns the n that begin first, in the order they were in, and names the others.
func first[T any](all []T, n int, start func(*T) int, leave func(*T)) []T {
	if len(all) <= n {
		return all
	}
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(start(&all[i]), start(&all[j])) })
	for _, i := range order[n:] {
		leave(&all[i])
	}
	order = order[:n]
	slices.Sort(order)
	out := make([]T, n)
	for at, i := range order {
		out[at] = all[i]
	}
	return out
}
