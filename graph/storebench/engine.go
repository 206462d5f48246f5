package main

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/quad"

	"whence/graph/vocab"
)

// An engine keeps quads and is asked about them. What it answers is counted: an engine
// reads and decodes all of it.
type engine interface {
	// Load adds the quads of one document, durably if it can, and whole or not at all.
	Load(ctx context.Context, quads []quad.Quad) error
	// Node returns how many quads have a subject.
	Node(ctx context.Context, subject quad.IRI) (int, error)
	// TwoHops returns how many nodes two hops lead to.
	TwoHops(ctx context.Context, from quad.IRI, way way) (int, error)
	Close() error
}

// A bulky engine has a faster way for what is loaded all at once.
type bulky interface {
	// Bulk adds the quads of all documents. They are durable when it returns, and not before.
	Bulk(ctx context.Context, documents iter.Seq2[[]quad.Quad, error]) error
}

// A gizmo answers the query language of Cayley too.
type gizmo interface {
	// Gizmo is TwoHops as a query.
	Gizmo(ctx context.Context, from quad.IRI, way way) (int, error)
}

// A way is two hops.
type way [2]hop

// A hop leads from the subjects of a predicate to its objects, or back.
type hop struct {
	predicate quad.IRI
	back      bool
}

// The ways that are asked for. Cayley plans one that begins with a hop back otherwise than
// one that ends with it.
var (
	sameSpeaker = way{{predicate: vocab.AssertedBy}, {predicate: vocab.AssertedBy, back: true}}
	documentsOf = way{{predicate: vocab.AssertedBy, back: true}, {predicate: vocab.StatedIn}}
)

// A kind is one kind of engine, or one way to ask it.
type kind struct {
	name, title string
	folder      string // of its data; "" when it keeps none, and is loaded for each process
	loads       bool   // it has no data of another kind
	bulk        bool   // it is bulky
	open        func(dir string) (engine, error)
}

// in is the folder of its data, in that of the graph; "" for none.
func (k kind) in(dir string) string {
	if k.folder == "" {
		return ""
	}
	return filepath.Join(dir, k.folder)
}

// kinds are what can be measured, in the order of the columns.
var kinds = []kind{
	{name: "whence", title: "Whence, frontier reads", folder: "whence", loads: true, bulk: true, open: openWhence},
	{name: "whence-paths", title: "Whence, Cayley's paths", folder: "whence", open: openWhencePaths},
	{name: "bolt", title: "Cayley bolt", folder: "bolt", loads: true, open: openBolt},
	{name: "bolt-nobloom", title: "Cayley bolt, no_bloom", folder: "bolt-nobloom", loads: true, open: openBoltNoBloom},
	{name: "memory", title: "Cayley memory", loads: true, open: openMemory},
	{name: oxigraph, title: "Oxigraph", folder: oxigraph, loads: true, bulk: true},
}

// oxigraph is the one that is not of this language.
const oxigraph = "oxigraph"

func engineNames() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.name
	}
	return names
}

func kindOf(name string) kind {
	for _, k := range kinds {
		if k.name == name {
			return k
		}
	}
	panic("no engine is called " + name)
}

// sizeOf returns the bytes of all files in a folder.
func sizeOf(dir string) (int64, error) {
	var sum int64
	err := filepath.WalkDir(dir, func(_ string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	return sum, err
}

// A memory is what a process takes, in MB of 2^20 bytes; all 0 where the system does not tell.
type memory struct {
	All  float64 // with the pages of files, its own executable first, that it shares with whoever else reads them
	Own  float64 // without
	Most float64 // of All, ever
}

func memoryOf(process string) memory {
	data, err := os.ReadFile("/proc/" + process + "/status")
	if err != nil {
		return memory{}
	}
	var m memory
	for line := range strings.Lines(string(data)) {
		m.All, m.Own, m.Most = kilobytes(line, "VmRSS:", m.All), kilobytes(line, "RssAnon:", m.Own), kilobytes(line, "VmHWM:", m.Most)
	}
	return m
}
