package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// A finder finds the targets of decisions again.
type finder struct {
	r     Reader
	nodes map[ID]Node
	found map[targetKey]found
}

type targetKey struct {
	node                  ID
	exact, prefix, suffix string
}

type found struct {
	id     ID
	orphan string
}

func keyOf(t Target) targetKey {
	return targetKey{t.Node, t.Passage.Exact, t.Passage.Prefix, t.Passage.Suffix}
}

// newFinder looks for every target of the decisions, in a few batches.
func newFinder(ctx context.Context, r Reader, decisions []Decision) (*finder, error) {
	f := &finder{r: r, nodes: map[ID]Node{}, found: map[targetKey]found{}}
	var ids []ID
	targets := map[targetKey]Target{}
	for _, d := range decisions {
		for _, t := range d.Targets {
			targets[keyOf(t)] = t
			ids = append(ids, t.Node)
		}
	}
	if err := f.read(ctx, ids...); err != nil {
		return nil, err
	}
	var moved []Target
	for key, t := range targets {
		n := f.nodes[t.Node]
		switch passages := passagesOf(n); {
		case n == nil:
			f.found[key] = found{orphan: fmt.Sprintf("%s is not in this view: its words were edited, or its document is not held.", t.Node.Short())}
		case t.Passage.Exact == "" || len(passages) == 0:
			f.found[key] = found{id: t.Node} // known by its ID alone, as a document or an agent is
		case slices.ContainsFunc(passages, func(p Passage) bool { return p == t.Passage }):
			f.found[key] = found{id: t.Node}
		default:
			moved = append(moved, t)
		}
	}
	return f, f.search(ctx, moved)
}

// search looks in the text for targets whose words do not stand where they did.
//
// Where the text has the target's words at its place, or prefix, words and
// suffix together in one place only, the node that stands there is meant: a node
// with the same words that stands elsewhere is a lookalike. Where the
// surroundings have changed on one side, the words must stand in the text only
// once; where they have changed on both, nothing shows that it is the same passage.
func (f *finder) search(ctx context.Context, moved []Target) error {
	slices.SortFunc(moved, func(a, b Target) int { return strings.Compare(string(a.Node), string(b.Node)) })
	var versions, documents []ID
	for _, t := range moved {
		document, version := homeOf(f.nodes[t.Node])
		versions = append(versions, version)
		documents = append(documents, document)
	}
	if len(moved) == 0 {
		return nil
	}
	if err := f.read(ctx, versions...); err != nil {
		return err
	}
	siblings, err := f.siblings(ctx, sortedIDs(documents))
	if err != nil {
		return err
	}
	texts := map[string]string{}
	for _, t := range moved {
		document, version := homeOf(f.nodes[t.Node])
		v, ok := f.nodes[version].(*Version)
		if !ok {
			f.found[keyOf(t)] = found{orphan: "The text it was decided on is not held."}
			continue
		}
		text, ok := texts[v.TextHash]
		if !ok {
			if text, err = f.r.Text(ctx, v.TextHash); err != nil {
				return err
			}
			texts[v.TextHash] = text
		}
		f.found[keyOf(t)] = f.place(t, text, siblings[document])
	}
	return nil
}

// place finds the node that a target means in the text as it is now.
func (f *finder) place(t Target, text string, siblings []Node) found {
	span, ok := t.Passage.Locate(text)
	if !ok {
		at := strings.Index(text, t.Passage.Exact)
		if at < 0 {
			return found{orphan: "Its words no longer stand in the text."}
		}
		if strings.Contains(text[at+1:], t.Passage.Exact) {
			return found{orphan: "Its words stand in the text more than once, and what stood around them has changed."}
		}
		span = Span{at, at + len(t.Passage.Exact)}
		if !t.Passage.besides(text, span) {
			return found{orphan: "Its words stand in the text once, but all that stood around them has changed."}
		}
	}
	there := func(n Node) bool {
		return slices.ContainsFunc(passagesOf(n), func(p Passage) bool { return p.Contains(span) })
	}
	if there(f.nodes[t.Node]) {
		return found{id: t.Node}
	}
	var same ID
	for _, n := range siblings {
		if n.NodeType() == f.nodes[t.Node].NodeType() && there(n) && wordsOf(n) == wordsOf(f.nodes[t.Node]) {
			if same != "" {
				return found{orphan: "Its words are found in more than one place."}
			}
			same = n.NodeID()
		}
	}
	if same == "" {
		return found{orphan: "Its words stand in the text, but nothing is found there any more."}
	}
	return found{id: same}
}

// besideRunes is how many characters next to a passage show, on one side, that it is the same one.
const besideRunes = 12

// besides reports whether at least on one side of the span stands what stood beside the passage.
func (p Passage) besides(text string, at Span) bool {
	before, after := lastRunes(p.Prefix, besideRunes), firstRunes(p.Suffix, besideRunes)
	return before != "" && strings.HasSuffix(text[:at.Start], before) || before == "" && at.Start == 0 ||
		after != "" && strings.HasPrefix(text[at.End:], after) || after == "" && at.End == len(text)
}

// siblings reads the claims and figures of the documents.
func (f *finder) siblings(ctx context.Context, documents []ID) (map[ID][]Node, error) {
	if len(documents) == 0 {
		return nil, nil
	}
	edges, err := f.r.In(ctx, documents, StatedIn)
	if err != nil {
		return nil, err
	}
	if err := f.read(ctx, fromOf(edges)...); err != nil {
		return nil, err
	}
	out := map[ID][]Node{}
	for i, e := range edges {
		if i > 0 && edges[i-1].From == e.From && edges[i-1].To == e.To {
			continue // the same edge under another label
		}
		if n := f.nodes[e.From]; n != nil {
			out[e.To] = append(out[e.To], n)
		}
	}
	return out, nil
}

// at returns the node that a target means in this view, or why there is none.
func (f *finder) at(t Target) (id ID, orphan string) {
	got := f.found[keyOf(t)]
	return got.id, got.orphan
}

// ends returns the nodes of a decision's targets that were found.
func (f *finder) ends(d Decision) []ID {
	var ids []ID
	for _, t := range d.Targets {
		if id, orphan := f.at(t); orphan == "" {
			ids = append(ids, id)
		}
	}
	return ids
}

func (f *finder) read(ctx context.Context, ids ...ID) error {
	var missing []ID
	for _, id := range ids {
		if _, ok := f.nodes[id]; !ok && id != "" {
			f.nodes[id] = nil
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	nodes, err := f.r.Nodes(ctx, sortedIDs(missing))
	for _, n := range nodes {
		f.nodes[n.NodeID()] = n
	}
	return err
}

func (f *finder) node(id ID) Node { return f.nodes[id] }

func (f *finder) agent(id ID) *Agent {
	a, _ := f.nodes[id].(*Agent)
	return a
}

// passagesOf returns the words by which a node is known in its text.
func passagesOf(n Node) []Passage {
	switch n := n.(type) {
	case *Claim:
		return n.Content
	case *Statistic:
		return []Passage{n.Figure, n.Sentence}
	case *Source:
		return n.Passages
	}
	return nil
}

// wordsOf returns the words that make a node what it is.
func wordsOf(n Node) string {
	switch n := n.(type) {
	case *Claim:
		return FoldSpace(n.Words())
	case *Statistic:
		return FoldSpace(n.Figure.Exact + "\n" + n.Sentence.Exact)
	case *Source:
		return n.Description()
	}
	return ""
}

func homeOf(n Node) (document, version ID) {
	switch n := n.(type) {
	case *Claim:
		return n.Document, n.Version
	case *Statistic:
		return n.Document, n.Version
	case *Source:
		return n.Document, n.Version
	}
	return "", ""
}
