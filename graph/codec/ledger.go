package codec

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/vocab"
)

// LedgerLabel is the label of every quad of the ledger. It depends on when, where
// and by whom, and is no part of the content.
const LedgerLabel quad.IRI = graph.Namespace + "ledger"

// added is the form of a [graph.LabelInfo] in a literal: all but the commit's own
// number and time.
type added struct {
	Label     graph.Label   `json:"label"`
	Layer     graph.Layer   `json:"layer"`
	Document  graph.ID      `json:"document,omitempty"`
	Version   graph.ID      `json:"version,omitempty"`
	Inputs    []graph.Label `json:"inputs,omitempty"`
	Build     string        `json:"build,omitempty"`
	Path      string        `json:"path,omitempty"`
	Retrieved time.Time     `json:"retrieved,omitzero"`
	Trusted   bool          `json:"trusted,omitempty"`
}

// erased is the form of a [graph.Tombstone] in a literal.
type erased struct {
	Document graph.ID  `json:"document"`
	TextHash string    `json:"text,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	By       string    `json:"by,omitempty"`
	At       time.Time `json:"at,omitzero"`
}

// CommitIRI names a commit.
func CommitIRI(number int64) quad.IRI {
	return quad.IRI(graph.Namespace + "commit:" + strconv.FormatInt(number, 10))
}

// EncodeCommit returns the quads of a ledger entry in canonical order. Commit and
// Recorded of its labels are its own number and time, and are not written.
func EncodeCommit(c graph.Commit) ([]quad.Quad, error) {
	e := newEncoder(graph.Label(LedgerLabel), "")
	e.begin(graph.ID(CommitIRI(c.Number)), vocab.Commit)
	e.add(vocab.Number, quad.Int(c.Number))
	e.time(vocab.At, c.Time)
	visitCommit(e, &c)
	for _, i := range c.Added {
		if e.valid(vocab.Adds, i.Capture.Path) && e.valid(vocab.Adds, i.Build) {
			e.json(vocab.Adds, added{i.Label, i.Layer, i.Document, i.Version, i.Inputs, i.Build, i.Capture.Path, i.Capture.Retrieved.UTC(), i.Capture.Trusted})
		}
	}
	for _, l := range c.Ended {
		label(e, vocab.Ends, &l)
	}
	for _, t := range c.Erased {
		if e.valid(vocab.Erases, t.Reason) && e.valid(vocab.Erases, t.By) {
			e.json(vocab.Erases, erased{t.Document, t.TextHash, t.Reason, t.By, t.At.UTC()})
		}
	}
	return e.finish()
}

// DecodeCommits reads the ledger from quads, those of other labels and subjects
// aside, oldest first. Added and Erased come in order of label and document. Two
// commits of one number are an error wrapping [graph.ErrDamaged].
func DecodeCommits(quads []quad.Quad) ([]graph.Commit, error) {
	bySubject := map[quad.IRI][]quad.Quad{}
	for _, q := range quads {
		if s, ok := q.Subject.(quad.IRI); ok && q.Label == LedgerLabel {
			bySubject[s] = append(bySubject[s], q)
		}
	}
	var out []graph.Commit
	for s, qs := range bySubject {
		d := decoder{subject: s, quads: qs}
		var isCommit bool
		if d.class(vocab.Commit, &isCommit); !isCommit {
			continue
		}
		c := d.commit()
		if d.err != nil {
			return nil, d.err
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b graph.Commit) int { return cmp.Compare(a.Number, b.Number) })
	for i := 1; i < len(out); i++ {
		if out[i].Number == out[i-1].Number {
			return nil, fmt.Errorf("decode ledger: commit %d stands twice: %w", out[i].Number, graph.ErrDamaged)
		}
	}
	return out, nil
}

func visitCommit(f fields, c *graph.Commit) {
	f.str(vocab.Run, &c.Run)
	f.str(vocab.By, &c.By)
	f.str(vocab.Reason, &c.Reason)
}

func (d *decoder) commit() graph.Commit {
	var c graph.Commit
	var number int
	d.int(vocab.Number, &number)
	c.Number = int64(number)
	d.time(vocab.At, &c.Time)
	visitCommit(d, &c)
	for _, v := range d.all(vocab.Adds) {
		var a added
		d.fail(vocab.Adds, parseJSON(v, &a))
		c.Added = append(c.Added, graph.LabelInfo{
			Label: a.Label, Layer: a.Layer, Document: a.Document, Version: a.Version, Inputs: a.Inputs, Build: a.Build,
			Capture: graph.Capture{Path: a.Path, Retrieved: a.Retrieved, Trusted: a.Trusted}, Commit: c.Number, Recorded: c.Time,
		})
	}
	slices.SortFunc(c.Added, func(a, b graph.LabelInfo) int { return cmp.Compare(a.Label, b.Label) })
	readAll(d, vocab.Ends, &c.Ended, func(v quad.Value) (graph.Label, error) {
		id, err := parseID(v)
		return graph.Label(id), err
	})
	for _, v := range d.all(vocab.Erases) {
		var t erased
		d.fail(vocab.Erases, parseJSON(v, &t))
		c.Erased = append(c.Erased, graph.Tombstone{Document: t.Document, TextHash: t.TextHash, Reason: t.Reason, By: t.By, At: t.At})
	}
	slices.SortFunc(c.Erased, func(a, b graph.Tombstone) int {
		return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.TextHash, b.TextHash), a.At.Compare(b.At))
	})
	return c
}
