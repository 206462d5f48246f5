package loader_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
	"whence/graph/cayleystore"
	"whence/graph/codec"
	"whence/graph/folder"
	"whence/loader"
	"whence/loader/resolve"
	"whence/loader/source"
	"whence/seeds"
)

func authority(t testing.TB) *resolve.Authority {
	t.Helper()
	a, err := resolve.LoadAuthority(seeds.Authority())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func load(t testing.TB, store graph.Store, o loader.Options, paths ...string) loader.Report {
	t.Helper()
	report, err := loader.Load(t.Context(), store, paths, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func write(t testing.TB, path, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func memory(t testing.TB) graph.Store {
	t.Helper()
	store := cayleystore.Memory()
	t.Cleanup(func() {
		problems, err := store.Verify(context.Background())
		if err != nil || len(problems) > 0 {
			t.Errorf("verify: %v %q", err, problems)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func dump(t testing.TB, store graph.Store) string {
	t.Helper()
	var b bytes.Buffer
	if err := codec.DumpNQuads(t.Context(), &b, store, graph.At{}, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const seedDocs = "../seeds/docs"

func TestLoad_Twice(t *testing.T) {
	store := memory(t)
	first := load(t, store, loader.Options{Authority: authority(t)}, seedDocs)
	if first.Added() < 8 || len(first.Problems) > 0 {
		t.Fatalf("first load: %d added, problems %v", first.Added(), first.Problems)
	}
	before := dump(t, store)
	second := load(t, store, loader.Options{Authority: authority(t)}, seedDocs)
	if second.Added() != 0 || len(second.Documents) != len(first.Documents) {
		t.Fatalf("second load added %d of %d", second.Added(), len(second.Documents))
	}
	if dump(t, store) != before {
		t.Fatal("the second load changed the graph")
	}
	ledger, err := store.Ledger(t.Context(), 0)
	if err != nil || len(ledger) != first.Added() {
		t.Fatalf("ledger has %d commits, want %d (%v)", len(ledger), first.Added(), err)
	}
}

// The graph does not depend on order, number of workers or backend.
func TestLoad_SameContentWhateverTheWay(t *testing.T) {
	entries, err := filepath.Glob(seedDocs + "/*")
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, e := range entries {
		if !strings.HasSuffix(e, ".meta.yaml") {
			paths = append(paths, e)
		}
	}
	forward := memory(t)
	load(t, forward, loader.Options{Authority: authority(t), Workers: 1}, paths...)
	want := dump(t, forward)

	backward := memory(t)
	for i := len(paths) - 1; i >= 0; i-- {
		load(t, backward, loader.Options{Authority: authority(t), Workers: 3}, paths[i])
	}
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(dump(t, backward), "\n")); diff != "" {
		t.Errorf("another order gives another graph (-forward +backward)\n%.4000s", diff)
	}

	disk, err := folder.Open(filepath.Join(t.TempDir(), "db"), folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	load(t, disk, loader.Options{Authority: authority(t), Workers: 4}, seedDocs)
	if dump(t, disk) != want {
		t.Error("another backend gives another graph")
	}
}

func TestLoad_RevisionKeepsIdentity(t *testing.T) {
	dir := t.TempDir()
	path := write(t, filepath.Join(dir, "a.txt"), "Fares\n\nThe minister said that fares will rise by 5%.\n")
	store := memory(t)
	first := load(t, store, loader.Options{}, path)
	write(t, path, "Fares\n\nA note was added here. The minister said that fares will rise by 5%.\n")
	second := load(t, store, loader.Options{}, path)
	if first.Documents[0].ID != second.Documents[0].ID || !second.Documents[0].Revision {
		t.Fatalf("a changed file is another document: %+v then %+v", first.Documents[0], second.Documents[0])
	}
	var got []string
	err := store.View(t.Context(), graph.At{}, func(r graph.Reader) error {
		page, err := graph.Claims(t.Context(), r, graph.ClaimQuery{Words: "fares will rise"})
		for _, v := range page.Items {
			got = append(got, v.Claim.Words())
		}
		return err
	})
	if err != nil || len(got) != 1 {
		t.Fatalf("claims after the revision: %q (%v)", got, err)
	}
}

func TestLoad_MoreKnownReplacesTheReading(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "a.txt"), "The minister said that fares will rise by 5%.\n")
	store := memory(t)
	load(t, store, loader.Options{}, path)
	load(t, store, loader.Options{Source: source.Options{Published: "2024-10-17"}}, path)
	var dates []graph.Date
	err := store.View(t.Context(), graph.At{}, func(r graph.Reader) error {
		page, err := graph.Documents(t.Context(), r, graph.DocumentQuery{})
		for _, d := range page.Items {
			dates = append(dates, d.Published)
		}
		return err
	})
	if diff := cmp.Diff([]graph.Date{"2024-10-17"}, dates); err != nil || diff != "" {
		t.Fatalf("%v %s", err, diff)
	}
}

// Two files of one text that say different things of it settle, whichever comes first.
func TestLoad_SameTextOtherMetadata(t *testing.T) {
	dir := t.TempDir()
	text := "The minister said that fares will rise by 5%.\n"
	a := write(t, filepath.Join(dir, "a.md"), "---\nurl: https://example.org/p\npublisher: Daily X\nretrieved: 2024-10-17\n---\n"+text)
	b := write(t, filepath.Join(dir, "b.md"), "---\nurl: https://example.org/p\npublisher: Other Org\nretrieved: 2024-12-01\n---\n"+text)
	less := write(t, filepath.Join(dir, "less.md"), "---\nurl: https://example.org/p\n---\n"+text)
	var dumps []string
	for _, order := range [][]string{{a, b, less}, {less, b, a}, {b, a, b, less, a}} {
		store := memory(t)
		for _, p := range order {
			load(t, store, loader.Options{}, p)
		}
		if r := load(t, store, loader.Options{}, a, b, less); r.Added() != 0 {
			t.Errorf("loading again adds %d", r.Added())
		}
		dumps = append(dumps, dump(t, store))
	}
	if dumps[0] != dumps[1] || dumps[0] != dumps[2] || !strings.Contains(dumps[0], "Other Org") {
		t.Error("the order of loading decides")
	}
}

func TestLoad_BadInputStopsNothingElse(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), "The mayor said that the pool is open.\n")
	write(t, filepath.Join(dir, "b.md"), "---\ntitle: [unclosed\n---\nText.\n")
	write(t, filepath.Join(dir, "c.txt"), "")
	write(t, filepath.Join(dir, "d.bin"), "\x7fELF\x00\x01\x02")
	write(t, filepath.Join(dir, "e.jsonl"), `{"id":"1","text":"The mayor said that the park is shut."}`+"\n{broken\n")
	write(t, filepath.Join(dir, "f.txt"), "Der Bürgermeister hat gestern gesagt, dass das Schwimmbad im nächsten Jahr nicht geöffnet wird, weil das Geld fehlt.\n")
	store := memory(t)
	r := load(t, store, loader.Options{}, dir, filepath.Join(dir, "missing.txt"))
	if len(r.Documents) != 3 {
		t.Fatalf("documents: %+v", r.Documents)
	}
	if len(r.Problems) != 3 { // front matter, the broken line, the missing file
		t.Fatalf("problems: %v", r.Problems)
	}
	for _, p := range r.Problems {
		var e *source.Error
		if !errors.As(p, &e) || e.Path == "" {
			t.Errorf("%v names no file", p)
		}
	}
	skipped := 0
	for _, d := range r.Documents {
		skipped += len(d.Skipped)
	}
	if skipped == 0 {
		t.Error("German was extracted without a word")
	}
}

func TestLoad_Cancelled(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.txt", i)), fmt.Sprintf("The mayor said that pool number %d is open.\n", i))
	}
	store := memory(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, err := loader.Load(ctx, store, []string{dir}, loader.Options{Workers: 2, Progress: func(p loader.Progress) {
		if p.Documents == 5 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("err = %v", err)
	}
	ledger, err := store.Ledger(t.Context(), 0)
	if err != nil || len(ledger) < 5 || len(ledger) == 40 {
		t.Fatalf("%d commits (%v)", len(ledger), err)
	}
	for _, c := range ledger { // each whole: a reading and its resolution
		if len(c.Added) < 2 {
			t.Fatalf("half a document: %+v", c)
		}
	}
	if r := load(t, store, loader.Options{}, dir); r.Added() != 40-len(ledger) {
		t.Fatalf("going on added %d", r.Added())
	}
}

// failing is a store whose commits fail after some.
type failing struct {
	graph.Store
	left int
}

var errFull = errors.New("no space left on device")

func (f *failing) Commit(ctx context.Context, c graph.Change) (graph.Commit, error) {
	if f.left--; f.left < 0 {
		return graph.Commit{}, errFull
	}
	return f.Store.Commit(ctx, c)
}

func TestLoad_FullDisk(t *testing.T) {
	dir := t.TempDir()
	for i := range 6 {
		write(t, filepath.Join(dir, fmt.Sprintf("%d.txt", i)), fmt.Sprintf("The mayor said that pool number %d is open.\n", i))
	}
	store := memory(t)
	_, err := loader.Load(t.Context(), &failing{store, 3}, []string{dir}, loader.Options{})
	if !errors.Is(err, errFull) || !strings.Contains(err.Error(), "3.txt") {
		t.Fatalf("err = %v, want the file and the cause", err)
	}
	if ledger, err := store.Ledger(t.Context(), 0); err != nil || len(ledger) != 3 {
		t.Fatalf("%d commits (%v)", len(ledger), err)
	}
}

func TestExtract_KeepsTheTextOfJSONL(t *testing.T) {
	text := "  “It works 👍,” said Zoë Ångström.\r\n\r\nSecond line. "
	items, err := source.Read("x.jsonl", []byte(`{"id":"r1","text":`+quote(text)+"}\n"), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f := loader.Extract(items[0], nil)
	if f.ID != "r1" || f.Text != text {
		t.Fatalf("id %q text %q", f.ID, f.Text)
	}
	runes := []rune(text)
	if len(f.Attributions) != 1 {
		t.Fatalf("%+v", f.Attributions)
	}
	c := f.Attributions[0].Content[0]
	if got := string(runes[c[0]:c[1]]); got != "“It works 👍,”" {
		t.Fatalf("content %q", got)
	}
	s := f.Attributions[0].Source[0]
	if got := string(runes[s[0]:s[1]]); got != "Zoë Ångström" {
		t.Fatalf("source %q", got)
	}
}

func quote(s string) string {
	return `"` + strings.NewReplacer("\r", `\r`, "\n", `\n`, `"`, `\"`).Replace(s) + `"`
}

func BenchmarkLoad(b *testing.B) {
	a := authority(b)
	for b.Loop() {
		store := cayleystore.Memory()
		r, err := loader.Load(b.Context(), store, []string{seedDocs}, loader.Options{Authority: a, Now: time.Now})
		if err != nil || len(r.Problems) > 0 {
			b.Fatal(err, r.Problems)
		}
		if err := store.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
