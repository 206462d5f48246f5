package source

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"whence/graph"
)

// one reads exactly one document.
func one(t *testing.T, path, content string, o Options) Item {
	t.Helper()
	items, err := Read(path, []byte(content), o)
	if err != nil || len(items) != 1 {
		t.Fatalf("Read(%s) = %d items, %v", path, len(items), err)
	}
	check(t, items[0])
	return items[0]
}

// check holds an item against what [Item] promises.
func check(t *testing.T, item Item) {
	t.Helper()
	if !utf8.ValidString(item.Text) || strings.Contains(item.Text, "\x00") || strings.TrimSpace(item.Text) == "" {
		t.Errorf("%s: canonical text is empty, not UTF-8 or holds NUL", item.Capture.Path)
	}
	if item.Document.ID == "" || item.BytesHash == "" || item.MediaType == "" || item.RecordID == "" {
		t.Errorf("item is not complete: %+v", item.Document)
	}
	for i, m := range item.Marks {
		if err := m.Span.Check(item.Text); err != nil {
			t.Fatalf("mark %d (%s): %v", i, m.Kind, err)
		}
		if i > 0 {
			p := item.Marks[i-1].Span
			if m.Span.Start < p.Start || (m.Span.Start == p.Start && m.Span.End > p.End) {
				t.Fatalf("mark %d %v comes after %v", i, m.Span, p)
			}
		}
		if m.Parent >= i || m.Parent < -1 || (m.Parent >= 0 && item.Marks[m.Parent].Kind != MarkComment) {
			t.Fatalf("mark %d: parent %d is no comment before it", i, m.Parent)
		}
	}
}

// marked returns the words under the marks of a kind.
func marked(item Item, kind MarkKind) (out []string) {
	for _, m := range item.Marks {
		if m.Kind == kind {
			out = append(out, m.Span.Of(item.Text))
		}
	}
	return out
}

func TestRead_PlainTextStaysByteForByte(t *testing.T) {
	const text = "A heading\r\n\r\nFirst line,\tsecond  half.\r\n\r\n\r\nLast\u00a0line “quoted”  \n"
	item := one(t, "a.txt", "\ufeff"+text, Options{})
	if item.Text != text {
		t.Errorf("text = %q, want %q", item.Text, text)
	}
	if item.Document.ID != graph.NewTextDocumentID(text) || item.RecordID != "a.txt" || item.MediaType != "text/plain" || len(item.Marks) != 0 {
		t.Errorf("item = %+v", item)
	}
	if item.Document.Title != "A heading" {
		t.Errorf("title = %q", item.Document.Title)
	}
}

func TestRead_Skips(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    Reason
	}{
		"empty":                    {"", ReasonEmpty},
		"white space":              {" \r\n\t\n", ReasonEmpty},
		"only a byte order mark":   {"\ufeff", ReasonEmpty},
		"only NUL":                 {"\x00\x00\x00", ReasonEmpty},
		"front matter and no text": {"---\ntitle: Nothing\n---\n\n", ReasonEmpty},
		"PDF":                      {"%PDF-1.7\nsome words", ReasonBinary},
		"zip":                      {"PK\x03\x04words words", ReasonBinary},
		"PNG":                      {"\x89PNG\r\n\x1a\n", ReasonBinary},
		"program":                  {"\x7fELF\x02\x01\x01", ReasonBinary},
		"control bytes":            {strings.Repeat("ab\x01\x02\x03", 100), ReasonBinary},
	} {
		t.Run(name, func(t *testing.T) {
			items, err := Read("a.txt", []byte(c.content), Options{})
			var skip *Skip
			if !errors.As(err, &skip) || skip.Reason != c.want || len(items) != 0 {
				t.Fatalf("Read = %d items, %v, want a skip for %s", len(items), err, c.want)
			}
			if !strings.Contains(err.Error(), "a.txt") || !strings.Contains(err.Error(), c.want.Sentence()) {
				t.Errorf("message %q names neither file nor reason", err)
			}
		})
	}
}

func TestRead_RefusesWrongOptions(t *testing.T) {
	for name, c := range map[string]struct {
		o    Options
		want string
	}{
		"unknown kind":      {Options{Kind: "pamphlet"}, "written-answer"},
		"address of a file": {Options{URL: "file:///etc/passwd"}, "http"},
		"impossible date":   {Options{Published: "2024-13-40"}, "2024-13-40"},
		"unknown format":    {Options{Format: "docx"}, "markdown"},
		"above the limit":   {Options{MaxBytes: 5}, "limit is 5"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("a.txt", []byte("Some words."), c.o)
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, graph.ErrInvalid) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Read = %v, want an error that says %q", err, c.want)
			}
		})
	}
}

func TestRead_ChoosesFormat(t *testing.T) {
	const htmlPage = "<!DOCTYPE html><html><body><p>The minister answered the question in writing on the day after.</p></body></html>"
	for name, c := range map[string]struct{ path, content, want string }{
		"extension":                    {"a.md", "# Title\n\nWords.", "text/markdown"},
		"extension in capitals":        {"A.HTML", htmlPage, "text/html"},
		"HTML by content":              {"page", htmlPage, "text/html"},
		"HTML after a comment":         {"page", "<!-- saved -->\n" + htmlPage, "text/html"},
		"JSONL by content":             {"records", `{"text":"Some words."}` + "\n", "application/json"},
		"text by content":              {"notes", "Some words.", "text/plain"},
		"text that quotes HTML":        {"a.txt", htmlPage, "text/plain"},
		"unknown extension":            {"a.log", "Some words.", "text/plain"},
		"a brace is not JSON":          {"notes", "{sic} he wrote.", "text/plain"},
		"JSON without a text is text":  {"notes", `{"a":1}`, "text/plain"},
		"less than, and not a tag":     {"notes", "<3 from the ward", "text/plain"},
		"extension wins over contents": {"a.txt", `{"text":"Some words."}`, "text/plain"},
	} {
		t.Run(name, func(t *testing.T) {
			if item := one(t, c.path, c.content, Options{}); item.MediaType != c.want {
				t.Errorf("media type %s, want %s", item.MediaType, c.want)
			}
		})
	}
}

func TestRead_TrustOrder(t *testing.T) {
	const page = `<html><head><title>From the page</title><link rel="canonical" href="https://page.example/a">
<meta property="og:site_name" content="Page Press"><meta property="article:published_time" content="2024-01-05"></head>
<body><article><h1>From the page</h1><p>The figures were published in January, and the charity has asked for more of them since then.</p></article></body></html>`
	o := Options{Publisher: "Flag Press", Kind: "news", Published: "2024-01-04", Retrieved: time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)}
	item := one(t, "a.html", page, o)
	d := item.Document
	if d.Publisher != "Flag Press" || d.Published != "2024-01-04" || d.Kind != graph.KindNews || d.URL != "https://page.example/a" || d.Title != "From the page" {
		t.Errorf("document = %+v", d)
	}
	if item.Capture.Trusted || !item.Capture.Retrieved.Equal(o.Retrieved) {
		t.Errorf("capture = %+v: a page's own address is not trusted", item.Capture)
	}
	o.URL = "https://flag.example/b"
	if item = one(t, "a.html", page, o); item.Document.URL != o.URL || !item.Capture.Trusted {
		t.Errorf("document = %+v, capture = %+v", item.Document, item.Capture)
	}
	const text = "---\nurl: https://file.example/c\npublisher: File Press\n---\nWords of the text.\n"
	item = one(t, "a.txt", text, o)
	if item.Document.URL != "https://file.example/c" || item.Document.Publisher != "File Press" || item.Document.Published != "2024-01-04" || item.Capture.Trusted {
		t.Errorf("front matter does not win: %+v %+v", item.Document, item.Capture)
	}
	if !slices.ContainsFunc(item.Notes, func(n string) bool { return strings.Contains(n, "https://flag.example/b") }) {
		t.Errorf("notes %q do not mention the address that gave way", item.Notes)
	}
	o.URL = "https://file.example/c"
	if item = one(t, "a.txt", text, o); !item.Capture.Trusted {
		t.Error("an address that the file and a flag agree on is not trusted")
	}
}
