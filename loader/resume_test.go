package loader_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/loader"
	"whence/loader/resolve"
	"whence/loader/source"
	"whence/seeds/planted"
)

// mixed is a folder of all sorts of input: files with and without an address, sidecars and a manifest, records with
// ids that stand twice, texts that are held under two descriptions, and the same again in archives.
func mixed(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	var records bytes.Buffer
	if err := (planted.Corpus{Seed: 3, Documents: 12}).WriteRecords(&records); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "planted.jsonl"), records.String())
	for i := range 6 {
		write(t, filepath.Join(dir, fmt.Sprintf("pool-%d.txt", i)), fmt.Sprintf("Pools\n\nThe mayor said that pool number %d is open to 4,1%d swimmers.\n", i, i))
	}
	write(t, filepath.Join(dir, "pool-1.meta.yaml"), "publisher: Harbour Board\npublished: 2024-05-03\n")
	write(t, filepath.Join(dir, "manifest.jsonl"), `{"path":"pool-2.txt","url":"https://pools.example/2"}`+"\n"+`{"path":"twice.jsonl","publisher":"The Echo"}`+"\n")
	write(t, filepath.Join(dir, "twice.jsonl"), `{"id":"x","text":"The mayor said that the park is shut."}
{"id":"x","text":"The mayor said that the park is shut. She gave no reason."}
{"id":"y","url":"https://pools.example/2","text":"Pools\n\nThe mayor said that pool number 2 is open to 4,12 swimmers.\n","title":"Told elsewhere"}
{"id":"x","text":"The mayor said that the park is open again."}
`)
	write(t, filepath.Join(dir, "broken.md"), "---\ntitle: [unclosed\n---\nText.\n")
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, f := range [][2]string{
		{"in/a.txt", "The clerk said that the archive is full."},
		{"in/a.meta.yaml", "publisher: The Clerk"},
		{"in/r.jsonl", `{"id":"1","text":"Ada Brook warned that 300 barges sank."}` + "\n" + `{"id":"2","text":"Ada Brook warned that 300 barges sank, the Harbour Board said."}` + "\n"},
	} {
		if err := w.WriteHeader(&tar.Header{Name: f[0], Typeflag: tar.TypeReg, Size: int64(len(f[1])), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "some.tar.gz"), b.String())
	return dir
}

// A load that is broken off anywhere, as often as may be, and goes on, gives the graph of one that was not.
func TestLoad_GoesOnWhereItWasBrokenOff(t *testing.T) {
	dir := mixed(t)
	o := loader.Options{Authority: authority(t), Workers: 3}
	whole := memory(t)
	all := load(t, whole, o, dir)
	want := dump(t, whole)
	if len(all.Problems) != 1 || all.Added() < 25 {
		t.Fatalf("%d added, %v", all.Added(), all.Problems)
	}
	seed := uint64(time.Now().UnixNano())
	t.Log("seed", seed)
	r := rand.New(rand.NewPCG(seed, 1))
	for range 4 {
		store := memory(t)
		var breaks []string
		for done := false; !done; {
			o := o
			o.Workers = 1 + r.IntN(4)
			ctx, cancel := context.WithCancel(t.Context())
			after := r.IntN(12)
			var err error
			if r.IntN(2) == 0 { // between two documents
				done := 0
				o.Progress = func(p loader.Progress) {
					if p.Documents-p.Known > done {
						done = p.Documents - p.Known
						if done > after {
							cancel()
						}
					}
				}
				breaks = append(breaks, fmt.Sprintf("cancelled after %d", after))
				_, err = loader.Load(ctx, store, []string{dir}, o)
			} else { // in the middle of a commit
				breaks = append(breaks, fmt.Sprintf("failed after %d", after))
				_, err = loader.Load(ctx, &failing{store, after}, []string{dir}, o)
			}
			cancel()
			switch {
			case err == nil:
				done = true
			case !errors.Is(err, context.Canceled) && !errors.Is(err, errFull):
				t.Fatal(err)
			}
		}
		if len(breaks) < 2 {
			continue
		}
		if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(dump(t, store), "\n")); diff != "" {
			t.Errorf("%v give another graph (-whole +broken)\n%.4000s", breaks, diff)
		}
	}
}

// opened counts what a load asks of a store.
type opened struct {
	graph.Store
	contents, commits int
}

func (o *opened) Content(ctx context.Context, labels ...graph.Label) (graph.Change, error) {
	o.contents += len(labels)
	return o.Store.Content(ctx, labels...)
}

func (o *opened) Commit(ctx context.Context, c graph.Change) (graph.Commit, error) {
	o.commits++
	return o.Store.Commit(ctx, c)
}

// What is held is neither extracted nor read back, and what it depends on is in its label: other
// metadata, another authority file or a retraction change what a load does.
func TestLoad_PassesOverWhatIsHeld(t *testing.T) {
	dir := mixed(t)
	file := filepath.Join(dir, "pool-0.txt")
	other := write(t, filepath.Join(dir, "other.yaml"), "agents:\n  - key: mayor\n    name: \"Ada Brook\"\n    type: person\n")
	text, err := os.ReadFile(other)
	if err != nil {
		t.Fatal(err)
	}
	another, err := resolve.LoadAuthority(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(other); err != nil {
		t.Fatal(err)
	}
	o := loader.Options{Authority: authority(t)}
	store := &opened{Store: memory(t)}
	first := load(t, store, o, dir)
	before := dump(t, store)
	store.contents, store.commits = 0, 0

	again := load(t, store, o, dir)
	if again.Added() != 0 || len(again.Documents) != len(first.Documents) || again.Total != (loader.Counts{}) {
		t.Errorf("loading again adds %d of %d, %+v", again.Added(), len(first.Documents), again.Total)
	}
	// One text is held under two descriptions, and they are compared.
	if store.commits != 0 || store.contents > 2 {
		t.Errorf("loading again reads %d labels and makes %d commits", store.contents, store.commits)
	}
	one := func(o loader.Options) loader.Document {
		t.Helper()
		return load(t, store, o, file).Documents[0]
	}
	if d := one(loader.Options{Authority: o.Authority, Source: source.Options{Publisher: "Harbour Board"}}); d.Known || !d.Reread || d.Claims == 0 {
		t.Errorf("more is known of it: %+v", d)
	}
	if d := one(o); !d.Known || len(d.Notes) != 1 {
		t.Errorf("less is known of it: %+v", d)
	}
	write(t, filepath.Join(dir, "pool-0.meta.yaml"), "publisher: Harbour Board\n")
	if d := one(o); !d.Known {
		t.Errorf("the sidecar says what the flag said: %+v", d)
	}
	if d := one(loader.Options{Authority: another}); d.Known || !d.Reread {
		t.Errorf("another authority file: %+v", d)
	}
	if d := one(o); d.Known || !d.Reread {
		t.Errorf("the first authority file again: %+v", d)
	}
	retract(t, store, first.Documents[0].ID)
	left := load(t, store, o, dir)
	if left.Added() != 0 || left.Documents[0].Retracted != "wrong" || left.Documents[0].Known || left.Retracted() != 1 || left.Known() != len(left.Documents)-1 {
		t.Errorf("a retracted document: %d added, %d left out, %d held, %+v", left.Added(), left.Retracted(), left.Known(), left.Documents[0])
	}
	o.Restore = true
	if back := load(t, store, o, dir); back.Added() != 1 || back.Documents[0].Retracted != "" {
		t.Errorf("restored: %d added, %+v", back.Added(), back.Documents[0])
	}
	if err := os.Remove(filepath.Join(dir, "pool-0.meta.yaml")); err != nil {
		t.Fatal(err)
	}
	if len(dump(t, store)) <= len(before) {
		t.Error("what was added is not there")
	}
	gone := load(t, store, o, dir)
	if _, err := store.Erase(t.Context(), gone.Documents[0].ID, "ada", "asked", time.Time{}); err != nil {
		t.Fatal(err)
	}
	store.contents = 0
	refused := load(t, store, o, dir)
	if refused.Added() != 0 || len(refused.Problems) != 2 || !errors.Is(errors.Join(refused.Problems...), graph.ErrSuppressed) {
		t.Errorf("an erased text: %d added, %v", refused.Added(), refused.Problems)
	}
}

// busy is a store into which another loader writes before each commit of this one.
type busy struct {
	graph.Store
	others []func()
}

func (b *busy) Commit(ctx context.Context, c graph.Change) (graph.Commit, error) {
	if len(b.others) > 0 {
		other := b.others[0]
		b.others = b.others[1:]
		other()
	}
	return b.Store.Commit(ctx, c)
}

// Two loaders that write into one store by turns leave the graph of one.
func TestLoad_BesideAnother(t *testing.T) {
	dir := mixed(t)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	o := loader.Options{Authority: authority(t)}
	alone := memory(t)
	load(t, alone, o, dir)
	store := memory(t)
	b := &busy{Store: store}
	other := loader.New(store, o)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "pool-") || strings.HasSuffix(e.Name(), ".gz") {
			b.others = append(b.others, func() {
				if _, err := other.Load(t.Context(), []string{filepath.Join(dir, e.Name())}); err != nil {
					t.Error(err)
				}
			})
		}
	}
	load(t, b, o, dir)
	if diff := cmp.Diff(strings.Split(dump(t, alone), "\n"), strings.Split(dump(t, store), "\n")); diff != "" || len(b.others) > 0 {
		t.Errorf("another graph (-alone +together)\n%.4000s", diff)
	}
}

// Two loaders that make their first commit at once into an empty store link what they bring.
func TestLoad_TwoBeginAtOnce(t *testing.T) {
	dir := t.TempDir()
	a := write(t, filepath.Join(dir, "a.txt"), "Ada Brook warned that “300 barges sank off the old harbour wall in the storm of May”.\n")
	b := write(t, filepath.Join(dir, "b.txt"), "The clerk heard that Ada Brook warned that “300 barges sank off the old harbour wall in the storm of May”.\n")
	alone := memory(t)
	if r := load(t, alone, loader.Options{}, dir); r.Total.Links == 0 {
		t.Fatal("nothing to link")
	}
	store := memory(t)
	load(t, &busy{store, []func(){func() { load(t, store, loader.Options{}, b) }}}, loader.Options{}, a)
	if diff := cmp.Diff(dump(t, alone), dump(t, store)); diff != "" {
		t.Errorf("another graph (-alone +together)\n%.4000s", diff)
	}
}

// retract ends what is live of a document.
func retract(t testing.TB, store graph.Store, document graph.ID) {
	t.Helper()
	ledger, err := store.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	c := graph.Change{By: "ada", Reason: "wrong"}
	for label, info := range graph.Live(ledger, time.Time{}) {
		if info.Document == document {
			c.Ends = append(c.Ends, label)
		}
	}
	if len(c.Ends) == 0 {
		t.Fatalf("%s is not live", document)
	}
	if _, err := store.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// A dry run tells what a load does, and leaves the store as it was.
func TestLoad_DryRun(t *testing.T) {
	dir := mixed(t)
	o := loader.Options{Authority: authority(t)}
	store := &opened{Store: memory(t)}
	load(t, store, o, filepath.Join(dir, "pool-0.txt"), filepath.Join(dir, "twice.jsonl"), filepath.Join(dir, "pool-4.txt"))
	write(t, filepath.Join(dir, "pool-4.txt"), "Pools\n\nThe mayor said that pool number 4 is empty.\n")
	write(t, filepath.Join(dir, "pool-0.meta.yaml"), "publisher: Harbour Board\n")
	before := dump(t, store)
	ledger, err := store.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	o.DryRun = true
	commits := store.commits
	dry := load(t, store, o, dir)
	after, err := store.Ledger(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ledger, after); diff != "" || dump(t, store) != before || store.commits != commits {
		t.Fatal("the dry run changed the store:", diff)
	}
	o.DryRun = false
	wet := load(t, store, o, dir)
	if diff := cmp.Diff(dry.Documents, wet.Documents); diff != "" {
		t.Error("the dry run told something else (-told +done)", diff)
	}
	told := map[string]bool{}
	for _, d := range dry.Documents {
		told[fmt.Sprintf("known %v revision %v reread %v", d.Known, d.Revision, d.Reread)] = true
	}
	if len(told) != 4 || dry.Added() != wet.Added() || dry.Total != wet.Total || len(dry.Problems) != 1 {
		t.Errorf("%v, %d and %d added, %+v and %+v, %v", told, dry.Added(), wet.Added(), dry.Total, wet.Total, dry.Problems)
	}
}

// Progress grows to all bytes of all files, and to every document.
func TestLoad_Progress(t *testing.T) {
	dir := mixed(t)
	var steps []loader.Progress
	o := loader.Options{Progress: func(p loader.Progress) { steps = append(steps, p) }}
	report := load(t, memory(t), o, dir)
	last := steps[len(steps)-1]
	if last.Documents != len(report.Documents) || last.Known != len(report.Documents)-report.Added() || last.Failed != 1 || last.Total != 0 && last.Read != last.Total {
		t.Errorf("%+v, %d documents", last, len(report.Documents))
	}
	for i := range steps[1:] {
		if steps[i+1].Read < steps[i].Read || steps[i+1].Documents < steps[i].Documents {
			t.Errorf("progress goes back: %+v then %+v", steps[i], steps[i+1])
		}
	}
}
