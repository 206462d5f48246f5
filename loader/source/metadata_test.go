package source

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence/graph"
)

func TestFrontMatter_FillsTheDocument(t *testing.T) {
	const text = `---
# where it is from
title: "Response: job coaches in hospital"
publisher: Mind the Gap
authors: [Ann Reed, Bo Hill]
published: 16th of October 2024
retrieved: 2024-11-02T10:00:00+01:00
url: HTTPS://Example.org:443/News?utm_source=x&id=7#top
kind: Press Release
language: en
series: 12
---

Body begins here.
`
	item := one(t, "a.md", text, Options{})
	want := graph.Document{
		ID: "https://example.org/News?id=7", URL: "https://example.org/News?id=7", Title: "Response: job coaches in hospital", Publisher: "Mind the Gap",
		Authors: []string{"Ann Reed", "Bo Hill"}, Kind: graph.KindPressRelease, Published: "2024-10-16", Language: "en",
	}
	if diff := cmp.Diff(want, item.Document); diff != "" {
		t.Error(diff)
	}
	if item.Text != "Body begins here." || !item.Capture.Retrieved.Equal(time.Date(2024, 11, 2, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("text %q, capture %+v", item.Text, item.Capture)
	}
	if diff := cmp.Diff([]string{`unknown field "series" left aside`}, item.Notes); diff != "" {
		t.Error(diff)
	}
}

func TestFrontMatter_EndsAtItsFence(t *testing.T) {
	for name, c := range map[string]struct{ text, body, title string }{
		"line ends of Windows":                        {"---\r\ntitle: A name\r\n---\r\nBody.\r\n", "Body.\r\n", "A name"},
		"blank line is the body":                      {"---\ntitle: A name\n---\n\nBody.\n", "\nBody.\n", "A name"},
		"closed by dots":                              {"---\ntitle: A name\n...\nBody.\n", "Body.\n", "A name"},
		"block of text as a list":                     {"---\ntitle: A name\nauthors:\n  - Ann\n  - Bo\n---\nBody.\n", "Body.\n", "A name"},
		"folded value":                                {"---\ntitle: >\n  A\n  name\n---\nBody.\n", "Body.\n", "A name"},
		"number kept as written":                      {"---\ntitle: 007\n---\nBody.\n", "Body.\n", "007"},
		"a rule is no front matter, if prose follows": {"---\nSome words.\n---\nMore.\n", "---\nSome words.\n---\nMore.\n", ""},
		"a rule is no front matter, without an end":   {"---\nSome words.\n", "---\nSome words.\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			item := one(t, "a.txt", c.text, Options{})
			if item.Text != c.body || item.Document.Title != c.title {
				t.Errorf("text %q, title %q", item.Text, item.Document.Title)
			}
		})
	}
}

func TestFrontMatter_ErrorsNameTheLine(t *testing.T) {
	for name, c := range map[string]struct {
		text, want string
		line       int
	}{
		"colon in a value":     {"---\npublisher: Us\ntitle: One: two: three\n---\nBody.", "YAML", 3},
		"open bracket":         {"---\ntitle: A\nauthors: [Ann\n---\nBody.", "YAML", 0},
		"not closed":           {"---\ntitle: A\nBody.", "never closed", 1},
		"unknown kind":         {"---\ntitle: A\nkind: pamphlet\n---\nBody.", "written-answer", 3},
		"impossible date":      {"---\npublished: 31 February 2024\n---\nBody.", "published", 2},
		"field twice":          {"---\ntitle: A\nTitle: B\n---\nBody.", "twice", 3},
		"map for a value":      {"---\ntitle:\n  a: b\n---\nBody.", "title", 2},
		"list for one value":   {"---\ntitle: [a, b]\n---\nBody.", "not a list", 2},
		"references":           {"---\ntitle: &a x\nauthor: *a\n---\nBody.", "value", 2},
		"too long":             {"---\ntitle: A\nseries: " + strings.Repeat("x", maxYAML) + "\n---\nBody.", "never closed", 1},
		"tabs for indentation": {"---\nauthors:\n\t- Ann\n---\nBody.", "YAML", 0},
	} {
		t.Run(name, func(t *testing.T) {
			items, err := Read("a.md", []byte(c.text), Options{})
			var e *Error
			if len(items) != 0 || !errors.As(err, &e) || e.Stage != StageMetadata || e.Hint == "" || !errors.Is(err, graph.ErrInvalid) {
				t.Fatalf("Read = %d items, %v", len(items), err)
			}
			if !strings.Contains(err.Error(), c.want) || e.Line == 0 || (c.line != 0 && e.Line != c.line) {
				t.Errorf("error %q at line %d, want %q at %d", err, e.Line, c.want, c.line)
			}
		})
	}
}

func TestFrontMatter_AddressThatIsNone(t *testing.T) {
	for _, url := range []string{"ftp://example.org/a", "javascript:alert(1)", "/news/1", "https://", "https://user:pass@example.org/", "mailto:a@b.example"} {
		item := one(t, "a.txt", "---\nurl: \""+url+"\"\n---\nBody words.\n", Options{})
		if item.Document.URL != "" || len(item.Notes) != 1 || !strings.HasPrefix(string(item.Document.ID), "urn:whence:text:") {
			t.Errorf("%s: document %+v, notes %q", url, item.Document, item.Notes)
		}
	}
}

func TestNormalURL(t *testing.T) {
	for raw, want := range map[string]string{
		"http://Example.ORG":                              "http://example.org/",
		"https://example.org:443/A/b?x=1&y=2#frag":        "https://example.org/A/b?x=1&y=2",
		"http://example.org:8080/":                        "http://example.org:8080/",
		"https://example.org/?utm_source=a&UTM_Medium=b":  "https://example.org/",
		"https://example.org/?a=1&utm_campaign=b&c=utm_x": "https://example.org/?a=1&c=utm_x",
		"https://bücher.example/ä":                        "https://xn--bcher-kva.example/%C3%A4",
		" https://example.org/a b ":                       "https://example.org/a%20b",
		`https://example.org/?q="<x>"`:                    "https://example.org/?q=%22%3Cx%3E%22",
		"https://[2001:DB8::1]:443/a":                     "https://[2001:db8::1]/a",
	} {
		got, err := normalURL(raw)
		if err != nil || got != want {
			t.Errorf("normalURL(%q) = %q, %v, want %q", raw, got, err, want)
		}
		if again, err := normalURL(got); err != nil || again != got {
			t.Errorf("not stable: %q becomes %q, %v", got, again, err)
		}
	}
}

func TestParseDate(t *testing.T) {
	for s, want := range map[string]graph.Date{
		"2024":                          "2024",
		"2024-10":                       "2024-10",
		"2024-10-16":                    "2024-10-16",
		"2024-10-16T23:30:00-05:00":     "2024-10-16",
		"2024-10-16 08:15":              "2024-10-16",
		"16 October 2024":               "2024-10-16",
		"16th of October 2024":          "2024-10-16",
		"the 1st of March 2024":         "2024-03-01",
		"Wednesday, 16 October 2024":    "2024-10-16",
		"Wed 16 Oct 2024, 10:20 am":     "2024-10-16",
		"October 16, 2024":              "2024-10-16",
		"Sept. 3, 2024":                 "2024-09-03",
		"05/10/2024":                    "2024-10-05",
		"5.10.2024":                     "2024-10-05",
		"October 2024":                  "2024-10",
		"Wed, 16 Oct 2024 10:20:30 GMT": "2024-10-16",
	} {
		if got, err := parseDate(s); err != nil || got != want {
			t.Errorf("parseDate(%q) = %q, %v, want %q", s, got, err, want)
		}
	}
	for _, s := range []string{"yesterday", "31 February 2024", "2024-13-01", "10/31/2024", "in 2024 or so", "16 October", "2024-10-16 and more", "0024-01-01"} {
		if got, err := parseDate(s); err == nil {
			t.Errorf("parseDate(%q) = %q, want an error", s, got)
		}
	}
}
