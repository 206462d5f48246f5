package pgquads

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"whence/graph"
	"whence/graph/graphtest"
	"whence/graph/store"
)

func TestApplyRefuses(t *testing.T) {
	u := schema(t)
	s, other := open(t, u), open(t, u)
	held := document(1)
	apply(t, s, store.Batch{Add: held, Entry: &store.Entry{Number: 1, Data: []byte("one")}})
	snap := snapshotOf(t, s)
	for _, c := range []struct {
		name  string
		batch store.Batch
		is    error
	}{
		{"an entry that another process has written", store.Batch{Entry: &store.Entry{Number: 1}}, store.ErrBehind},
		{"an entry that leaves one out", store.Batch{Entry: &store.Entry{Number: 3}}, store.ErrBehind},
		{"an entry below the first", store.Batch{Entry: &store.Entry{Number: 0}}, store.ErrBehind},
		{"a quad without an object", store.Batch{Add: []quad.Quad{{Subject: iri("a"), Predicate: iri("b")}}}, graph.ErrInvalid},
		{"a value of another type", store.Batch{Add: []quad.Quad{{Subject: iri("a"), Predicate: iri("b"), Object: strange{}}}}, graph.ErrInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.batch.Add = append(document(2), c.batch.Add...)
			c.batch.Remove = held
			c.batch.Texts = []store.Text{{Hash: "h", Text: "words"}}
			if err := other.Apply(t.Context(), c.batch); !errors.Is(err, c.is) {
				t.Errorf("error %v, want %v", err, c.is)
			}
			now := snapshotOf(t, other)
			sameQuads(t, held, allOf(t, now))
			if texts, err := now.Texts(t.Context(), []string{"h"}); err != nil || len(texts) != 0 || now.Head() != 1 {
				t.Errorf("texts %v, %v, head %d", texts, err, now.Head())
			}
		})
	}
	apply(t, other, store.Batch{Remove: held, Entry: &store.Entry{Number: 2}})
	sameQuads(t, held, allOf(t, snap)) // as it was
	sameQuads(t, nil, allOf(t, snapshotOf(t, s)))
	checkRefs(t, u)
}

// strange is a value that Cayley does not know.
type strange struct{}

func (strange) String() string { return "strange" }
func (strange) Native() any    { return nil }

// TestApplyBesideSnapshots holds every connection that snapshots may have.
func TestApplyBesideSnapshots(t *testing.T) {
	s := open(t, schema(t))
	for range mostReaders {
		snapshotOf(t, s)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if err := s.Apply(ctx, store.Batch{Add: document(1)}); err != nil {
		t.Errorf("Apply beside %d snapshots: %v", mostReaders, err)
	}
	brief, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Snapshot(brief); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a snapshot more than there are connections: %v", err)
	}
}

// TestApplyLarge takes more quads than one statement does.
func TestApplyLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	u := schema(t)
	s := open(t, u)
	var all []quad.Quad
	for n := 0; len(all) < 2*mostQuads; n++ {
		all = append(all, document(n)...)
	}
	apply(t, s, store.Batch{Add: append(all, all[:1000]...)})
	checkRefs(t, u)
	apply(t, s, store.Batch{Add: all}) // none of it new
	checkRefs(t, u)
	n := 0
	if err := snapshotOf(t, s).Each(t.Context(), func(quad.Quad) error { n++; return nil }); err != nil || n != len(all) {
		t.Errorf("%d of %d quads, %v", n, len(all), err)
	}
	apply(t, s, store.Batch{Remove: all})
	sameQuads(t, nil, allOf(t, snapshotOf(t, s)))
	checkRefs(t, u)
}

// TestPlans reads tables of which the server has measured nothing, as after a load: by index all the same.
func TestPlans(t *testing.T) {
	u := schema(t)
	s := open(t, u)
	for n := range 30 {
		apply(t, s, store.Batch{Add: document(n)})
	}
	for name, c := range map[string]struct{ sql, types, args, by string }{
		"out":                {hopOut.whole, "bytea[]", `'{}'`, "subject_hash"},
		"out by predicates":  {hopOutWith.whole, "bytea[], bytea[]", `'{}', '{}'`, "subject_hash"},
		"into":               {hopIn.whole, "bytea[]", `'{}'`, "object_hash"},
		"into by predicates": {hopInWith.whole, "bytea[], bytea[]", `'{}', '{}'`, "object_hash"},
		"out without":        {hopOutWithout.whole, "bytea[], bytea[]", `'{}', '{}'`, "subject_hash"},
		"out, bare":          {hopOutWith.bare, "bytea[], bytea[]", `'{}', '{}'`, "subject_hash"},
		"into, bare":         {hopInWith.bare, "bytea[], bytea[]", `'{}', '{}'`, "object_hash"},
		"label, bare":        {findUnder, "bytea", `''`, "label_hash"},
		"nodes":              {findNodes, "bytea[]", `'{}'`, "hash"},
		"label":              {findLabel, "bytea", `''`, "label_hash"},
		"page":               {findPage, "bigint, bigint", `0, 10`, "horizon"},
		"page by predicate":  {scanPredicate, "bigint, bigint, bytea", `0, 10, ''`, "horizon"},
		"remove":             {removeQuads, "bytea[], bytea[], bytea[], bytea[]", `'{}', '{}', '{}', '{}'`, "object_hash"},
	} {
		t.Run(name, func(t *testing.T) {
			pool := s.readers
			if name == "remove" {
				pool = s.writers
			}
			conn, err := pool.Acquire(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Release()
			if _, err := conn.Exec(t.Context(), `PREPARE asked (`+c.types+`) AS `+c.sql); err != nil {
				t.Fatal(err)
			}
			rows, err := conn.Query(t.Context(), `EXPLAIN EXECUTE asked (`+c.args+`)`, pgx.QueryExecModeSimpleProtocol)
			if err != nil {
				t.Fatal(err)
			}
			lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Exec(t.Context(), `DEALLOCATE asked`); err != nil {
				t.Fatal(err)
			}
			plan := strings.Join(lines, "\n")
			if strings.Contains(plan, "Seq Scan") || !strings.Contains(plan, "Index Cond: (("+c.by) && !strings.Contains(plan, "Index Cond: ("+c.by) {
				t.Errorf("not by the index on %s:\n%s", c.by, plan)
			}
		})
	}
}

// TestDamage changes rows behind the store's back.
func TestDamage(t *testing.T) {
	for name, c := range map[string]struct {
		statement string
		read      func(store.Snapshot) error
	}{
		"a node is gone":             {`DELETE FROM nodes WHERE value_string = 'direct'`, readAll},
		"a node says something else": {`UPDATE nodes SET value_string = 'indirect' WHERE value_string = 'direct'`, readAll},
		"a node has no value":        {`UPDATE nodes SET value_string = NULL WHERE value_string = 'direct'`, readAll},
		"a node is no protobuf":      {`UPDATE nodes SET value_string = NULL, value = '\xff' WHERE value_string = 'direct'`, readAll},
		"a hash is cut":              {`UPDATE quads SET label_hash = '\x01'`, readAll},
		"an entry is gone": {`DELETE FROM whence_log WHERE number = 2`, func(s store.Snapshot) error {
			return s.Entries(context.Background(), 0, func(store.Entry) error { return nil })
		}},
	} {
		t.Run(name, func(t *testing.T) {
			u := schema(t)
			s := open(t, u)
			for n := range 3 {
				apply(t, s, store.Batch{Add: document(n), Entry: &store.Entry{Number: int64(n + 1)}})
			}
			execute(t, u, c.statement)
			snap := snapshotOf(t, s)
			for range 2 {
				if err := c.read(snap); !errors.Is(err, graph.ErrDamaged) {
					t.Errorf("error %v", err)
				}
			}
		})
	}
}

func readAll(s store.Snapshot) error {
	return s.Each(context.Background(), func(quad.Quad) error { return nil })
}

func TestSizes(t *testing.T) {
	s := open(t, schema(t))
	apply(t, s, store.Batch{Add: document(1), Texts: []store.Text{{Hash: "a", Text: "words"}}, Entry: &store.Entry{Number: 1}})
	sizes, err := s.Sizes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(sizes.Parts) != len(columns) || sizes.Backend != "postgresql" || sizes.Format != format {
		t.Errorf("%+v", sizes)
	}
	for _, part := range sizes.Parts {
		if part.Bytes <= 0 {
			t.Errorf("%s takes %d bytes", part.Name, part.Bytes)
		}
	}
}

func TestCheck(t *testing.T) {
	u := schema(t)
	s := open(t, u)
	apply(t, s, store.Batch{Add: document(1)})
	for _, c := range []struct{ statement, says string }{
		{`SELECT`, ""},
		{`UPDATE nodes SET refs = refs + 1 WHERE value_string = 'direct'`, "do not delete"},
		{`DELETE FROM nodes WHERE value_string = 'direct'`, "is not there"},
	} {
		execute(t, u, c.statement)
		problems, err := s.Check(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if c.says == "" && len(problems) > 0 || c.says != "" && (len(problems) != 1 || !strings.Contains(problems[0], c.says)) {
			t.Errorf("after %s: %q, want %q", c.statement, problems, c.says)
		}
	}
}

// TestTwoStores lets two stores, as of two processes, write to one database at once.
func TestTwoStores(t *testing.T) {
	const documents = 25
	u := schema(t)
	made := func(name string, n int) *graphtest.Document {
		text := fmt.Sprintf("%s said that it is %d. The rest is left.", name, n)
		d := graphtest.NewDocument(fmt.Sprintf("https://%s.example/%d", name, n), text)
		d.Claim(fmt.Sprintf("it is %d", n), name)
		return d
	}
	stores := map[string]graph.Store{"Ann": openStore(t, u), "Bob": openStore(t, u)}
	done := make(chan error)
	for name, s := range stores {
		go func() {
			for n := range documents {
				for _, d := range []*graphtest.Document{made(name, n), made("Both", n)} {
					if _, err := s.Commit(t.Context(), d.Change(nil, graphtest.Day(1))); err != nil {
						done <- err
						return
					}
				}
				if n%5 == 4 {
					if _, err := s.Erase(t.Context(), made(name, n).ID(), "", "", graphtest.Day(1)); err != nil {
						done <- err
						return
					}
				}
			}
			done <- nil
		}()
	}
	for range stores {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	checkRefs(t, u)
	var ids []graph.ID
	for n := range documents {
		ids = append(ids, made("Both", n).ID())
		if n%5 != 4 {
			ids = append(ids, made("Ann", n).ID(), made("Bob", n).ID())
		}
	}
	for name, s := range stores {
		err := s.View(t.Context(), graph.At{}, func(r graph.Reader) error {
			all, err := r.List(t.Context(), graph.TypeDocument, "", 0)
			if err != nil {
				return err
			}
			if len(all) != len(ids) {
				t.Errorf("%s sees %d documents, want %d", name, len(all), len(ids))
			}
			held, err := r.Nodes(t.Context(), ids)
			if len(held) != len(ids) {
				t.Errorf("%s sees %d of %d documents", name, len(held), len(ids))
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if problems, err := s.Verify(t.Context()); err != nil || len(problems) > 0 {
			t.Errorf("%s: %q, %v", name, problems, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
