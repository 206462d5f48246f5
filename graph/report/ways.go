package report

import (
	"slices"

	"whence/graph"
)

// A node is who passes on a claim, with those of its claims that a family leads to;
// or a place that is named and not held.
type node struct {
	claims []int         // in s.Claims; none for a place
	source *graph.Source // a place, as it is named first
	citer  int           // the claim that names it so, in s.Claims
}

// Ways are the nodes that a family leads to, numbered from 0 in the order in which they are met.
type ways struct {
	nodes []node
	own   int // how many of them, the first, tell the family
	next  [][]int
	group []int // the component of each, see components
	count int
}

// maxReached bounds how far, in claims, the ways of one family are followed.
const maxReached = 20000

// reach follows the ways of a family's claims to their ends.
func (e *echoes) reach(members []int) *ways {
	w := &ways{}
	voices, places := map[voice]int{}, map[graph.ID]int{}
	seen := map[int]int{} // claims, to their nodes
	var todo []int
	add := func(claim int) (at int, ok bool) {
		if at, ok := seen[claim]; ok {
			return at, true
		}
		if len(seen) >= maxReached {
			return 0, false
		}
		v := voiceOf(&e.s.Claims[claim])
		at, ok = voices[v]
		if !ok {
			at = w.add(node{})
			voices[v] = at
		}
		w.nodes[at].claims = append(w.nodes[at].claims, claim)
		seen[claim] = at
		todo = append(todo, claim)
		return at, true
	}
	for _, m := range members {
		add(m)
	}
	w.own = len(w.nodes)
	for len(todo) > 0 {
		i := todo[0]
		todo = todo[1:]
		from := seen[i]
		for _, k := range e.links[i] {
			if to, ok := add(k.to); ok {
				w.lead(from, to)
			}
		}
		for _, n := range e.named[i] {
			to, ok := places[n.place]
			if !ok {
				to = w.add(node{source: n.source, citer: i})
				places[n.place] = to
			}
			w.lead(from, to)
		}
	}
	w.group, w.count = components(len(w.nodes), func(i int) []int { return w.next[i] })
	return w
}

func (w *ways) add(n node) int {
	w.nodes, w.next = append(w.nodes, n), append(w.next, nil)
	return len(w.nodes) - 1
}

// lead notes that one node has it from another. What one sentence of a document has
// from another is no way.
func (w *ways) lead(from, to int) {
	if n := len(w.next[from]); from != to && (n == 0 || w.next[from][n-1] != to) {
		w.next[from] = append(w.next[from], to)
	}
}

// roots returns the groups that nothing leads out of: single nodes, and circles.
func (w *ways) roots() [][]int {
	leads := make([]bool, w.count)
	members := make([][]int, w.count)
	for i, next := range w.next {
		members[w.group[i]] = append(members[w.group[i]], i)
		for _, to := range next {
			leads[w.group[i]] = leads[w.group[i]] || w.group[to] != w.group[i]
		}
	}
	var out [][]int
	for g, m := range members {
		if !leads[g] {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, slices.Compare)
	return out
}

// dominators returns the nodes that lie on every way from every member to every
// root, the nearest to the members first.
//
// Add a start before the members and an end behind the roots: they are the nodes
// between the two without which there is no way from the start to the end. One way
// is walked; what cannot be passed without it is found in one search that enters a
// node of that way only when all before it has been searched.
func (w *ways) dominators(roots [][]int) []int {
	n := len(w.nodes)
	start, end := n, n+1
	isRoot := make([]bool, n)
	for _, root := range roots {
		for _, i := range root {
			isRoot[i] = true
		}
	}
	next := func(i int) []int {
		switch {
		case i == start:
			out := make([]int, w.own)
			for k := range out {
				out[k] = k
			}
			return out
		case isRoot[i]:
			return append(slices.Clone(w.next[i]), end)
		}
		return w.next[i]
	}
	way := shortestWay(n+2, start, end, next)
	place := make([]int, n+2) // on the way, from 1; 0 for what is not on it
	for k, i := range way {
		place[i] = k + 1
	}
	seen := make([]bool, n+2)
	var out []int
	far := 0
	for k := 0; k < len(way)-1; k++ {
		if k > 0 && k == far {
			out = append(out, way[k])
		}
		for todo := []int{way[k]}; len(todo) > 0; {
			i := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if i == end {
				continue
			}
			for _, to := range next(i) {
				if p := place[to]; p > 0 {
					far = max(far, p-1)
				} else if !seen[to] {
					seen[to] = true
					todo = append(todo, to)
				}
			}
		}
	}
	return out
}

// shortestWay returns the nodes on a shortest way, both ends too.
func shortestWay(n, start, end int, next func(int) []int) []int {
	came := make([]int, n)
	for i := range came {
		came[i] = -1
	}
	came[start] = start
	for todo := []int{start}; len(todo) > 0 && came[end] < 0; {
		var reached []int
		for _, i := range todo {
			if i == end {
				break
			}
			for _, to := range next(i) {
				if came[to] < 0 {
					came[to] = i
					reached = append(reached, to)
				}
			}
		}
		todo = reached
	}
	if came[end] < 0 {
		return nil
	}
	way := []int{end}
	for i := end; i != start; {
		i = came[i]
		way = append(way, i)
	}
	slices.Reverse(way)
	return way
}
