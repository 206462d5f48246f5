package pgquads

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"whence/graph"
	"whence/graph/codec"
	"whence/graph/store"
	"whence/graph/storebench/claimgraph"
	"whence/graph/vocab"
)

// The rounds of 20 documents: those that are there to begin with, those that are then written one by one, and those
// that are each written as one.
const (
	firstRounds  = 8
	singleRounds = 2
	mergedRounds = 5
)

// BenchmarkBesideCayley measures Cayley's PostgreSQL backend and this one on one server in one run, on the same
// quads: documents of the size of real ones. Every write and every question is put to both in turn. Cayley's writes
// no texts and no log.
func BenchmarkBesideCayley(b *testing.B) {
	ctx := context.Background()
	var batches []store.Batch
	listens := &listener{Backend: open(b, schema(b)), wrote: func(batch store.Batch) { batches = append(batches, batch) }}
	whole, err := store.New(listens, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	corpus := claimgraph.New(1)
	var claims, named, speakers []quad.Value
	var families []graph.ID
	for n := range firstRounds + singleRounds + mergedRounds {
		r := corpus.Round(n)
		if n >= firstRounds+singleRounds {
			r.Changes = []graph.Change{merged(r.Changes)}
		}
		for _, change := range r.Changes {
			if _, err := whole.Commit(ctx, change); err != nil {
				b.Fatal(err)
			}
			for _, claim := range change.Readings[0].Claims {
				claims = append(claims, codec.SafeIRI(claim.ID))
			}
		}
		for _, family := range r.Families {
			families = append(families, family[len(family)-1])
		}
		named, speakers = append(named, iris(r.Named)...), append(speakers, iris(r.Speakers)...)
	}
	listens.wrote = nil
	place, cayleys := schema(b), schema(b)
	ours, theirs := open(b, place), rival{openCayleys(b, cayleys, true)}
	write := func(batches []store.Batch) func(*testing.B) {
		return func(b *testing.B) {
			var c contest
			quads := 0
			for block := range slices.Chunk(batches, 10) { // neither finds the server's buffers full of the other's pages each time
				for _, batch := range block {
					quads += len(batch.Add)
					timed(&c.theirs, func() { theirs.write(b, batch.Add) })
				}
				for _, batch := range block {
					timed(&c.ours, func() { apply(b, ours, batch) })
				}
			}
			c.report(b, "quads", quads/len(batches))
			b.ReportMetric(float64(quads/len(batches)), "quads")
		}
	}
	first, single := firstRounds*claimgraph.Documents, singleRounds*claimgraph.Documents
	for _, batch := range batches[:first] {
		apply(b, ours, batch)
	}
	from := pgx.Identifier{place.Query().Get("schema")}.Sanitize()
	execute(b, cayleys, `INSERT INTO nodes SELECT * FROM `+from+`.nodes`,
		`INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash, ts)
			SELECT subject_hash, predicate_hash, object_hash, label_hash, ts FROM `+from+`.quads ORDER BY horizon`)
	execute(b, cayleys, `CHECKPOINT`) // what was written so far is not written beside what is measured
	b.Run("write a document", write(batches[first:first+single]))
	b.Run("write 20 documents at once", write(batches[first+single:]))
	for _, u := range []*url.URL{place, cayleys} { // as autovacuum does in time
		execute(b, u, `ANALYZE nodes`, `ANALYZE quads`)
	}

	snap := snapshotOf(b, ours)
	reads := func(n int, theirs, ours func(i int) int) func(*testing.B) {
		return func(b *testing.B) {
			var c contest
			for i := range n {
				c.round(b, func() int { return theirs(i) }, func() int { return ours(i) })
			}
			c.report(b, "", 0)
		}
	}
	for _, n := range []int{1, 20, 200} {
		for _, time := range []string{"", ", again"} {
			b.Run(fmt.Sprintf("all quads of so many claims%s: %d", time, n), reads(15,
				func(i int) int { return theirs.hop(b, hop{ends: spread(claims, n, i)}) },
				func(i int) int { return len(answer(b, snap, hop{ends: spread(claims, n, i)})) }))
		}
	}
	for _, way := range []struct {
		name string
		from []quad.Value
		hops []hop
	}{
		{"out and out: who published what a claim is stated in", claims, []hop{{predicates: []quad.IRI{vocab.StatedIn}}, {predicates: []quad.IRI{vocab.PublishedBy}}}},
		{"out and in: what else the claim's speaker said", named, []hop{{predicates: []quad.IRI{vocab.AssertedBy}}, {back: true, predicates: []quad.IRI{vocab.AssertedBy}}}},
		{"in and out: where a speaker's claims are stated", speakers, []hop{{back: true, predicates: []quad.IRI{vocab.AssertedBy}}, {predicates: []quad.IRI{vocab.StatedIn}}}},
	} {
		b.Run(way.name, reads(15,
			func(i int) int { return theirs.path(b, spread(way.from, 1, i)[0], way.hops) },
			func(i int) int { return follow(b, snap, spread(way.from, 1, i)[0], way.hops) }))
	}

	traces := make([][]hop, 5)
	var widest []hop
	for i := range traces {
		listens.asked = func(h hop) { traces[i] = append(traces[i], h) }
		err := whole.View(ctx, graph.At{}, func(r graph.Reader) error {
			_, err := graph.TraceClaims(ctx, r, "", families[i*len(families)/len(traces):][:1], graph.TraceOptions{})
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		listens.asked = nil
		widest = append(widest, slices.MaxFunc(traces[i], func(x, y hop) int { return len(x.ends) - len(y.ends) }))
	}
	b.Run("the widest hop of a trace", reads(len(widest),
		func(i int) int { return theirs.hop(b, widest[i]) },
		func(i int) int { return len(answer(b, snap, widest[i])) }))
	allHops := reads(len(traces),
		func(i int) (n int) {
			for _, h := range traces[i] {
				n += theirs.hop(b, h)
			}
			return n
		},
		func(i int) (n int) {
			for _, h := range traces[i] {
				n += len(answer(b, snap, h))
			}
			return n
		})
	b.Run("all hops of a trace", allHops)
	b.Run("all hops of a trace, again", allHops)
	label := func(i int) quad.IRI { return batches[i].Add[0].Label.(quad.IRI) }
	b.Run("all quads of a label", reads(7,
		func(i int) int { return theirs.label(b, label(i)) },
		func(i int) int {
			got, err := snap.Label(ctx, label(i))
			if err != nil {
				b.Fatal(err)
			}
			return len(got)
		}))
}

// merged returns one change that does what several do.
func merged(changes []graph.Change) graph.Change {
	all := changes[0]
	for _, c := range changes[1:] {
		all.Readings = append(all.Readings, c.Readings...)
		all.Resolutions = append(all.Resolutions, c.Resolutions...)
		all.Links = append(all.Links, c.Links...)
	}
	return all
}

// spread returns n values from all over a list, others for each i.
func spread(list []quad.Value, n, i int) []quad.Value {
	out := make([]quad.Value, n)
	for j := range out {
		out[j] = list[(i*7919+j*len(list)/n)%len(list)]
	}
	return out
}

func iris(ids []graph.ID) []quad.Value {
	out := make([]quad.Value, len(ids))
	for i, id := range ids {
		out[i] = codec.SafeIRI(id)
	}
	return out
}
