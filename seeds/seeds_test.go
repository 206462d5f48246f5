package seeds

import (
	"bytes"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

// paths returns every file below dir that is no directory, in order.
func paths(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := fs.WalkDir(FS(), dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func read(t *testing.T, p string) string {
	t.Helper()
	b, err := fs.ReadFile(FS(), p)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Every file stands in README.md with a licence, and README.md names no other.
func TestREADME_ListsEveryFile(t *testing.T) {
	row := regexp.MustCompile("(?m)^\\| `([^`]+)` \\|.*\\| (\\S+) \\|$")
	var listed []string
	for _, m := range row.FindAllStringSubmatch(read(t, "README.md"), -1) {
		listed = append(listed, m[1])
		if m[2] != "CC0-1.0" {
			t.Errorf("%s: licence %q", m[1], m[2])
		}
	}
	sort.Strings(listed)
	held := slices.DeleteFunc(paths(t, "."), func(p string) bool { return p == "README.md" })
	if d := cmp.Diff(held, listed); d != "" {
		t.Errorf("files held (-) and listed (+):\n%s", d)
	}
}

type frontMatter struct {
	Title, Publisher, URL string
	Published             graph.Date
	Kind                  graph.DocumentKind
	Authors               []string
}

// splitFrontMatter returns what stands between the --- lines, and the rest.
func splitFrontMatter(t *testing.T, text string) (meta frontMatter, body string) {
	t.Helper()
	text, ok := strings.CutPrefix(text, "---\n")
	head, body, found := strings.Cut(text, "\n---\n")
	if !ok || !found {
		t.Fatal("no front matter")
	}
	if err := yaml.UnmarshalWithOptions([]byte(head), &meta, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return meta, body
}

func TestDocs_SayWhatTheyAre(t *testing.T) {
	formats := map[string]int{}
	for _, p := range paths(t, "docs") {
		t.Run(path.Base(p), func(t *testing.T) {
			text := read(t, p)
			var meta frontMatter
			switch ext := path.Ext(p); ext {
			case ".md", ".txt":
				formats[ext]++
				meta, text = splitFrontMatter(t, text)
				if meta.Title == "" || meta.Publisher == "" || meta.Published == "" {
					t.Errorf("title, publisher or date missing: %+v", meta)
				}
				if _, err := graph.ParseDate(string(meta.Published)); err != nil {
					t.Error(err)
				}
			case ".html":
				formats[ext]++
				for _, want := range []string{"og:title", "og:site_name", "article:published_time"} {
					if !strings.Contains(text, want) {
						t.Errorf("no %s", want)
					}
				}
				text = regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, " ")
				sidecar := strings.TrimSuffix(p, ext) + ".meta.yaml"
				if err := yaml.Unmarshal([]byte(read(t, sidecar)), &meta); err != nil {
					t.Fatal(err)
				}
			default:
				return
			}
			if !slices.Contains(graph.DocumentKinds, meta.Kind) {
				t.Errorf("kind %q is not one of %v", meta.Kind, graph.DocumentKinds)
			}
			if n := len(strings.Fields(text)); n < 250 || n > 900 {
				t.Errorf("%d words", n)
			}
		})
	}
	if len(formats) != 3 || formats[".md"]+formats[".txt"]+formats[".html"] < 8 {
		t.Errorf("documents by format: %v", formats)
	}
}

// Every sentence has a voice and a mark, stands there once, and no voice has one mark alone.
func TestWorth_SentencesAreMarked(t *testing.T) {
	seen := map[string]bool{}
	marks := map[string]string{}
	for n, line := range strings.Split(strings.TrimSuffix(read(t, "gold/worth.tsv"), "\n"), "\n") {
		row := strings.Split(line, "\t")
		if len(row) != 3 || row[0] == "" || row[1] != "+" && row[1] != "-" || row[2] == "" || row[2] != strings.TrimSpace(row[2]) {
			t.Errorf("line %d: %q", n+1, line)
			continue
		}
		if seen[row[2]] {
			t.Errorf("line %d is there twice: %q", n+1, row[2])
		}
		seen[row[2]] = true
		if !strings.Contains(marks[row[0]], row[1]) {
			marks[row[0]] += row[1]
		}
	}
	if len(seen) < 1000 {
		t.Errorf("%d sentences", len(seen))
	}
	for voice, m := range marks {
		if len(m) < 2 {
			t.Errorf("%s has only %s", voice, m)
		}
	}
}

type authorityFile struct {
	Agents []struct {
		Key, Name, Gender string
		Type              graph.AgentType
		Aliases, External []string
		Offices           []struct {
			Title, Body string
			Aliases     []string
			From, Until graph.Date
		}
	}
}

func TestAuthority_IsSound(t *testing.T) {
	var file authorityFile
	if err := yaml.UnmarshalWithOptions(Authority(), &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	types := []graph.AgentType{graph.Person, graph.Organisation, graph.Government, graph.Publication, graph.Programme, graph.Place}
	keys := map[string]bool{}
	bodies := map[string]bool{}
	for _, a := range file.Agents {
		keys[a.Key] = true
		bodies[a.Name] = a.Type == graph.Organisation || a.Type == graph.Government
	}
	if len(keys) != len(file.Agents) || keys[""] {
		t.Error("a key is empty or given twice")
	}
	names := map[string]string{} // folded name or alias to key
	for _, a := range file.Agents {
		if !slices.Contains(types, a.Type) {
			t.Errorf("%s: type %q", a.Key, a.Type)
		}
		if !slices.Contains([]string{"", "female", "male"}, a.Gender) || (a.Gender != "" && a.Type != graph.Person) {
			t.Errorf("%s: gender %q", a.Key, a.Gender)
		}
		for _, n := range append([]string{a.Name}, a.Aliases...) {
			folded := strings.TrimPrefix(strings.ToLower(n), "the ")
			if other, ok := names[folded]; n == "" || (ok && other != a.Key) {
				t.Errorf("%q names both %s and %s", n, other, a.Key)
			}
			names[folded] = a.Key
		}
		for _, x := range a.External {
			if !regexp.MustCompile(`^http://www\.wikidata\.org/entity/Q\d+$`).MatchString(x) {
				t.Errorf("%s: external %q", a.Key, x)
			}
		}
		for _, o := range a.Offices {
			if o.Title == "" || !bodies[o.Body] {
				t.Errorf("%s: office %q of body %q", a.Key, o.Title, o.Body)
			}
			for _, d := range []graph.Date{o.From, o.Until} {
				if _, err := graph.ParseDate(string(d)); err != nil {
					t.Errorf("%s: %v", a.Key, err)
				}
			}
			if o.From.After(o.Until) {
				t.Errorf("%s: %q from %s until %s", a.Key, o.Title, o.From, o.Until)
			}
		}
	}
}

// Cabinet posts have one holder on any date, whom the record names.
func TestAuthority_NamesTheHolderOfAPost(t *testing.T) {
	var file authorityFile
	if err := yaml.Unmarshal(Authority(), &file); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title string
		on    graph.Date
		want  string
	}{
		{"Work and Pensions Secretary", "2024-10-16", "liz-kendall"},
		{"Work and Pensions Secretary", "2016-04-01", "stephen-crabb"},
		{"Work and Pensions Secretary", "2011-06-30", "iain-duncan-smith"},
		{"Work and Pensions Secretary", "2022-10-01", "chloe-smith"},
		{"Work and Pensions Secretary", "2023-05-02", "mel-stride"},
		{"Health Secretary", "2018-06-04", "jeremy-hunt"},
		{"Health Secretary", "2020-03-23", "matt-hancock"},
		{"Health Secretary", "2022-08-01", "steve-barclay"},
		{"Health Secretary", "2024-10-28", "wes-streeting"},
		{"Chancellor of the Exchequer", "2022-09-23", "kwasi-kwarteng"},
		{"Chancellor of the Exchequer", "2024-10-30", "rachel-reeves"},
		{"Prime Minister", "2016-07-01", "david-cameron"},
		{"Prime Minister", "2022-10-01", "liz-truss"},
		{"Home Secretary", "2022-10-20", "grant-shapps"},
		{"Education Secretary", "2014-07-16", "nicky-morgan"},
	} {
		var got []string
		for _, a := range file.Agents {
			for _, o := range a.Offices {
				if (o.Title == c.title || slices.Contains(o.Aliases, c.title)) && (graph.Office{From: o.From, Until: o.Until}).HeldOn(c.on) {
					got = append(got, a.Key)
				}
			}
		}
		if d := cmp.Diff([]string{c.want}, got); d != "" {
			t.Errorf("%s on %s:\n%s", c.title, c.on, d)
		}
	}
}

func TestAuthority_CallerOwnsTheBytes(t *testing.T) {
	b := Authority()
	clear(b)
	if bytes.Equal(b, Authority()) {
		t.Error("a caller's change reached the file")
	}
}
