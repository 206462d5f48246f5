package segment

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"whence/graph"
	"whence/loader/source"
)

// Each file of testdata is a document as sites save it, and what it consists of:
//
//	-- page.txt --     the document, in its format
//	-- about --        title, site, author and published, where the text gives them
//	-- segments --     all segments but furniture, in order, one a line:
//	                   type | author | date or age | parent's line or - | first words … last words
//
// What is in no line there is furniture.
func TestDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d documents: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			item, want := parts(t, a)
			l := Divide(item)
			checkLayout(t, item.Text, l)
			for name, got := range map[string]string{"about": about(l), "segments": outline(item.Text, l)} {
				if diff := cmp.Diff(lines(want[name]), lines(got)); diff != "" {
					t.Errorf("%s (-want +got):\n%s", name, diff)
				}
			}
		})
	}
}

func parts(t *testing.T, a *txtar.Archive) (source.Item, map[string]string) {
	t.Helper()
	var item source.Item
	want := map[string]string{}
	for _, f := range a.Files {
		if !strings.HasPrefix(f.Name, "page.") {
			want[f.Name] = string(f.Data)
			continue
		}
		items, err := source.Read(f.Name, f.Data, source.Options{})
		if err != nil || len(items) != 1 {
			t.Fatalf("%s: %d items, %v", f.Name, len(items), err)
		}
		item = items[0]
	}
	return item, want
}

func lines(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

func about(l Layout) string {
	var b strings.Builder
	for _, field := range [][2]string{{"title", l.Title}, {"site", l.SiteName}, {"author", l.Author}, {"published", string(l.Published)}} {
		if field[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", field[0], field[1])
		}
	}
	return b.String()
}

// outline writes the segments as the test data do.
func outline(text string, l Layout) string {
	var b strings.Builder
	number := map[int]int{}
	for i, s := range l.Segments {
		if s.Type == graph.SegmentFurniture {
			continue
		}
		number[i] = len(number) + 1
		when, parent := string(s.Date), "-"
		if when == "" {
			when = s.Age
		}
		if s.Parent >= 0 {
			parent = fmt.Sprint(number[s.Parent])
		}
		fmt.Fprintf(&b, "%s | %s | %s | %s | %s\n", s.Type, s.Author, when, parent, ends(s.Span.Of(text)))
	}
	return b.String()
}

// ends gives the first and the last three words of a text.
func ends(s string) string {
	w := strings.Fields(s)
	if len(w) <= 6 {
		return strings.Join(w, " ")
	}
	return strings.Join(w[:3], " ") + " … " + strings.Join(w[len(w)-3:], " ")
}

// checkLayout holds a layout to what every layout must be.
func checkLayout(t *testing.T, text string, l Layout) {
	t.Helper()
	at := 0
	for i, s := range l.Segments {
		if s.Span.Start < at || s.Span.End < s.Span.Start || s.Span.End > len(text) {
			t.Fatalf("segment %d %v does not follow %d in a text of %d", i, s.Span, at, len(text))
		}
		if s.Parent >= i {
			t.Fatalf("segment %d has the parent %d", i, s.Parent)
		}
		at = s.Span.End
	}
	at = 0
	for i, p := range l.Paragraphs {
		if p.Segment < 0 || p.Segment >= len(l.Segments) || !l.Segments[p.Segment].Span.Contains(p.Span) || p.Span.Start < at {
			t.Fatalf("paragraph %d %v of segment %d", i, p.Span, p.Segment)
		}
		at = p.Span.End
		end := p.Span.Start
		for _, s := range p.Sentences {
			if s.Start < end || s.Len() == 0 || !p.Span.Contains(s) {
				t.Fatalf("paragraph %d: sentence %v after %d in %v", i, s, end, p.Span)
			}
			end = s.End
		}
	}
	// All words are in a paragraph.
	at = 0
	for _, p := range append(l.Paragraphs, Paragraph{Span: graph.Span{Start: len(text), End: len(text)}}) {
		if gap := strings.TrimFunc(text[at:p.Span.Start], isBlank); gap != "" && !markerForm().MatchString(gap+" ") {
			t.Fatalf("%q is in no paragraph", gap)
		}
		at = p.Span.End
	}
}
