package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/cayleygraph/quad"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/storebench/claimgraph"
	"whence/graph/vocab"
)

// seed is of the corpus that every run measures.
const seed = 1

// A made graph is in a folder, for every engine to read.
type made struct {
	Dir       string
	Quads     int
	Documents int
	Bytes     int64 // of the N-Quads
	Questions questions
}

// questions are what is asked of every engine, as IRIs.
type questions struct {
	Node    []string // all quads of a node, which has 5 to 20
	Claim   []string // the claims of whom a claim is asserted by
	Speaker []string // the documents in which somebody's claims are stated
	Trace   []string // the provenance of a claim: a family of 20, 6 hops
}

// The files of a made graph.
const (
	quadsName = "graph.nq"
	madeName  = "graph.json"
)

// separator ends a document in the N-Quads.
const separator = "# the end of a document\n"

// changes are what `whence load` would commit, a document each.
func (m *made) changes() iter.Seq[graph.Change] {
	return func(yield func(graph.Change) bool) {
		corpus := claimgraph.New(seed)
		for n := 0; n < m.Documents; n += claimgraph.Documents {
			for i, c := range corpus.Round(n / claimgraph.Documents).Changes {
				if n+i == m.Documents || !yield(c) {
					return
				}
			}
		}
	}
}

// makeGraph writes documents until there are so many quads, a whole round at least.
func makeGraph(dir string, atLeast int) (*made, error) {
	m := &made{Dir: dir}
	f, err := os.Create(filepath.Join(dir, quadsName))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	corpus := claimgraph.New(seed)
	for n := 0; m.Quads < atLeast; n++ {
		round := corpus.Round(n)
		for _, c := range round.Changes {
			if n > 0 && m.Quads >= atLeast {
				break
			}
			quads, err := encode(c, m.Documents == 0)
			if err != nil {
				return nil, err
			}
			if err := codec.WriteNQuads(w, quads); err != nil {
				return nil, err
			}
			w.WriteString(separator)
			m.Quads += len(quads)
			m.Documents++
			m.Questions.Node = append(m.Questions.Node, nodes(quads, 5)...)
		}
		if n > 0 && m.Quads >= atLeast { // it may have been cut short
			break
		}
		for _, family := range round.Families {
			m.Questions.Trace = append(m.Questions.Trace, string(family[len(family)-1]))
		}
		for i := 0; i < len(round.Named); i += len(round.Named)/20 + 1 {
			m.Questions.Claim = append(m.Questions.Claim, string(round.Named[i]))
		}
		for _, s := range round.Speakers {
			m.Questions.Speaker = append(m.Questions.Speaker, string(s))
		}
	}
	if err := w.Flush(); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	q := &m.Questions
	q.Node, q.Claim, q.Speaker, q.Trace = some(q.Node, 500), some(q.Claim, 200), some(q.Speaker, 200), some(q.Trace, 200)
	info, err := os.Stat(f.Name())
	if err != nil {
		return nil, err
	}
	m.Bytes = info.Size()
	data, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return m, os.WriteFile(filepath.Join(dir, madeName), data, 0o644)
}

func readMade(dir string) (*made, error) {
	data, err := os.ReadFile(filepath.Join(dir, madeName))
	if err != nil {
		return nil, err
	}
	m := new(made)
	return m, json.Unmarshal(data, m)
}

// encode returns the quads of a change.
func encode(c graph.Change, authority bool) ([]quad.Quad, error) {
	var out []quad.Quad
	add := func(quads []quad.Quad, err error) error {
		out = append(out, quads...)
		return err
	}
	if authority {
		if err := add(codec.EncodeAuthority(*c.Authority)); err != nil {
			return nil, err
		}
	}
	for _, r := range c.Readings {
		if err := add(codec.EncodeReading(r.Reading)); err != nil {
			return nil, err
		}
	}
	for _, r := range c.Resolutions {
		if err := add(codec.EncodeResolution(r, c.Readings[0].Text)); err != nil {
			return nil, err
		}
	}
	for _, l := range c.Links {
		if err := add(codec.EncodeLink(l)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// documents reads the N-Quads of a made graph, a document at a time.
func (m *made) documents() iter.Seq2[[]quad.Quad, error] {
	return func(yield func([]quad.Quad, error) bool) {
		f, err := os.Open(filepath.Join(m.Dir, quadsName))
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		in := bufio.NewReaderSize(f, 1<<20)
		var document bytes.Buffer
		for {
			line, err := in.ReadBytes('\n')
			switch {
			case err == io.EOF && document.Len() == 0:
				return
			case err != nil:
				yield(nil, fmt.Errorf("%s: %w", f.Name(), err))
				return
			case string(line) != separator:
				document.Write(line)
				continue
			}
			if quads, err := codec.ReadNQuads(&document); !yield(quads, err) || err != nil {
				return
			}
			document.Reset()
		}
	}
}

// nodes picks so many nodes of a document that have 5 to 20 quads, and none in others.
func nodes(quads []quad.Quad, n int) []string {
	count := map[quad.Value]int{}
	var order []quad.Value
	for _, q := range quads {
		if q.Predicate == vocab.Type && (q.Object == vocab.Claim || q.Object == vocab.Statistic) {
			order = append(order, q.Subject)
		}
		count[q.Subject]++
	}
	var out []string
	for _, s := range order {
		if count[s] >= 5 && count[s] <= 20 {
			out = append(out, string(s.(quad.IRI)))
		}
	}
	return some(out, n)
}

// some returns at most n of a list, from all over it.
func some(list []string, n int) []string {
	if len(list) <= n {
		return list
	}
	out := make([]string, n)
	for i := range out {
		out[i] = list[i*len(list)/n]
	}
	return out
}
