package query_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"golang.org/x/sync/errgroup"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/graphtest"
	"whence/graph/query"
	"whence/graph/store"
)

// Whatever a script does, it ends as the test says, and the process goes on.
func TestRun_Hostile(t *testing.T) {
	s, _, _ := fixture(t)
	const late, wrong, endless = "late", "wrong", "late or too large" // endless may come to either bound first
	for name, test := range map[string]struct{ language, text, want string }{
		"a loop":                          {"gizmo", `while (true) {}`, late},
		"a loop that catches":             {"gizmo", `while (true) try { while (true) {} } catch (e) {}`, late},
		"a loop in a callback":            {"gizmo", `while (true) try { g.V().ForEach(function () { while (true) {} }) } catch (e) {}`, late},
		"a loop in a conversion":          {"gizmo", `throw {toString: function () { while (true) {} }}`, late},
		"a loop of queries":               {"gizmo", `while (true) g.V().Count()`, endless},
		"all nodes of all nodes":          {"gizmo", `while (true) g.V().And(g.V()).Both().Both().Both().Both().Count()`, endless},
		"recursion":                       {"gizmo", `function f() { return f() + 1 } f()`, wrong},
		"recursion through a callback":    {"gizmo", `function f() { [1].map(f) } f()`, wrong},
		"recursion through a conversion":  {"gizmo", `var o = {toString: function () { return "" + o }}; "" + o`, wrong},
		"text that doubles":               {"gizmo", `var s = "x"; while (true) s += s`, wrong},
		"a chain that grows":              {"gizmo", `var a; while (true) a = {a: a}`, wrong},
		"a list that holds itself":        {"gizmo", `var a = []; a[0] = a; g.V(a).All()`, wrong},
		"one that is emitted":             {"gizmo", `var a = []; a[0] = a; g.emit(a)`, wrong},
		"one that is a predicate":         {"gizmo", `var a = {}; a.a = a; g.V().Out(a).All()`, wrong},
		"one that is a value":             {"gizmo", `var a = {}; a.a = a; iri(a)`, wrong},
		"one put into data of the engine": {"gizmo", `g.V().ForEach(function (d) { var a = []; a[0] = a; d.x = a; g.emit(d) })`, wrong},
		"one put into a list of it":       {"gizmo", `var l = g.V().ToArray(), a = []; a[0] = a; l[0] = a; g.emit(l)`, wrong},
		"one that is read as text":        {"gizmo", `var a = []; a[0] = a; "" + a`, wrong},
		"a function that is emitted":      {"gizmo", `g.emit(function () {})`, wrong},
		"code from text":                  {"gizmo", `eval("1")`, wrong},
		"code from text, by the way":      {"gizmo", `(function () {}).constructor("return 1")()`, wrong},
		"a file":                          {"gizmo", `require("fs")`, wrong},
		"a wrong predicate":               {"gizmo", `g.V().Out({}).All()`, wrong},
		"nested lists of graphql":         {"graphql", strings.Repeat(`{ a `, 2000) + strings.Repeat(`}`, 2000), wrong},
		"nested lists of mql":             {"mql", strings.Repeat(`[`, 4000) + strings.Repeat(`]`, 4000), wrong},
		"nested constraints of sexp":      {"sexp", strings.Repeat(`($a (:whence:name `, 400) + `:c` + strings.Repeat(`))`, 400), wrong},
		"some constraints of sexp":        {"sexp", strings.Repeat(`($a (:whence:name `, 10) + `:c` + strings.Repeat(`))`, 10), ""},
		"hop upon hop":                    {"gizmo", `var p = g.V(); for (var i = 0; i < 500; i++) p = p.Out().In(); p.Count()`, endless},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			if test.want != late && test.want != endless {
				ctx, cancel = context.WithTimeout(t.Context(), 20*time.Second)
			}
			defer cancel()
			r := query.NewRunner(1, memory)
			a, err := r.Run(ctx, s, query.Question{Language: test.language, Text: test.text})
			switch {
			case test.want == late && !errors.Is(err, context.DeadlineExceeded),
				test.want == wrong && !errors.Is(err, graph.ErrInvalid),
				test.want == endless && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, graph.ErrInvalid),
				test.want == "" && err != nil:
				t.Errorf("answer %v, error %v; want it %s", a, err, test.want)
			}
			// What was ended comes to its end, and gives its place free.
			after, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			if _, err := r.Run(after, s, query.Question{Language: "gizmo", Text: "1"}); err != nil {
				t.Errorf("the next query: %v", err)
			}
		})
	}
}

// A query beside a writer sees the moment at which it began.
func TestRun_BesideAWriter(t *testing.T) {
	s, _, _ := fixture(t)
	work, ctx := errgroup.WithContext(t.Context())
	work.Go(func() error {
		for i := range 30 {
			d := graphtest.NewDocument("https://more.example/"+string(rune('a'+i)), "More will come, Ann Lee said.")
			d.Claim("More will come", "Ann Lee")
			if _, err := s.Commit(ctx, d.Change(nil, graphtest.Day(3))); err != nil {
				return err
			}
		}
		return nil
	})
	for range 2 {
		work.Go(func() error {
			r := query.NewRunner(2, memory)
			for range 30 {
				a, err := r.Run(ctx, s, query.Question{Language: "gizmo", Text: `
					var claims = g.V("<whence:Claim>").In("<rdf:type>");
					var n = claims.Count();
					g.emit([n, claims.Out("<whence:stated-in>").Count(), claims.Count(), g.V().Has("<rdf:type>", "<whence:Claim>").Count()])`})
				if err != nil {
					return err
				}
				var n [4]int
				if err := json.Unmarshal(a.Rows[0], &n); err != nil {
					return err
				}
				if n != [4]int{n[0], n[0], n[0], n[0]} {
					return fmt.Errorf("one query counted the same as %v", n)
				}
			}
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		t.Error(err)
	}
}

// What fails in the engine is an error, whatever a script does about it, never an answer.
func TestRun_EngineFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	for name, text := range map[string]string{
		"a path":               `g.V("<whence:Claim>").In("<rdf:type>").All()`,
		"a path that is tried": `try { g.V("<whence:Claim>").In("<rdf:type>").All() } catch (e) {} g.emit("fine")`,
		"all nodes":            `g.V().All()`,
		"a count":              `g.V().Count()`,
	} {
		t.Run(name, func(t *testing.T) {
			backend := &failingBackend{Backend: cayleystore.MemoryBackend()}
			s, err := store.New(backend, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			d := graphtest.NewDocument("https://press.example/trains", "Trains will run hourly, Ann Lee said.")
			d.Claim("Trains will run hourly", "Ann Lee")
			if _, err := s.Commit(t.Context(), d.Change(nil, graphtest.Day(1))); err != nil {
				t.Fatal(err)
			}
			for after := range 40 {
				backend.after, backend.err = after, broken
				a, err := run(t, s, "gizmo", text)
				if backend.failed && !errors.Is(err, broken) {
					t.Fatalf("after %d calls: answer %s, error %v", after, listed(t, a), err)
				}
			}
		})
	}
}

// A failingBackend gives quads whose iterators end after so many steps with an error.
type failingBackend struct {
	store.Backend
	after  int
	err    error
	failed bool
}

func (b *failingBackend) Snapshot(ctx context.Context) (store.Snapshot, error) {
	s, err := b.Backend.Snapshot(ctx)
	b.failed = false
	return failingSnapshot{s, b}, err
}

type failingSnapshot struct {
	store.Snapshot
	b *failingBackend
}

func (s failingSnapshot) QuadStore() (cayley.QuadStore, error) {
	qs, err := s.Snapshot.(query.QuadStorer).QuadStore()
	return &failingQuads{qs, s.b, s.b.after}, err
}

type failingQuads struct {
	cayley.QuadStore
	b    *failingBackend
	left int
}

func (f *failingQuads) fails() bool {
	f.left--
	f.b.failed = f.b.failed || f.left < 0
	return f.left < 0
}

func (f *failingQuads) Err() error {
	if f.b.failed {
		return f.b.err
	}
	return nil
}

func (f *failingQuads) NameOf(ref cayley.Ref) quad.Value {
	if f.fails() {
		return nil
	}
	return f.QuadStore.NameOf(ref)
}

func (f *failingQuads) QuadIterator(d quad.Direction, ref cayley.Ref) cayley.Iterator {
	return &failingIterator{f.QuadStore.QuadIterator(d, ref), f}
}

func (f *failingQuads) NodesAllIterator() cayley.Iterator {
	return &failingIterator{f.QuadStore.NodesAllIterator(), f}
}

type failingIterator struct {
	cayley.Iterator
	quads *failingQuads
}

func (i *failingIterator) Next(ctx context.Context) bool {
	return !i.quads.fails() && i.Iterator.Next(ctx)
}

func (i *failingIterator) Contains(ctx context.Context, ref cayley.Ref) bool {
	return !i.quads.fails() && i.Iterator.Contains(ctx, ref)
}

func (i *failingIterator) Err() error { return i.quads.Err() }
