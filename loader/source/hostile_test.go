package source

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// Each of these has about a megabyte and takes a second or two at most. The bound is far
// above that, for machines that are busy, and far below what quadratic cost would take.
func TestRead_PathologicalInputIsCheap(t *testing.T) {
	repeat := func(s string) string { return strings.Repeat(s, 1<<20/len(s)) }
	many := func(pre, s string) string { return pre + repeat(s) }
	formatting := ""
	for i := range 400 {
		formatting += "<b id=" + string(rune('a'+i%26)) + strings.Repeat("x", i/26) + ">"
	}
	for name, c := range map[string]struct{ path, content string }{
		"text: one line":              {"a.txt", repeat("word ")},
		"text: one word":              {"a.txt", repeat("x")},
		"text: line ends":             {"a.txt", "a" + repeat("\n") + "b"},
		"text: no stops, many blocks": {"a.txt", repeat("Heading\n\n")},
		"text: quotation marks":       {"a.txt", repeat("“'\"")},
		"html: nested elements":       {"a.html", many("<p>Words.", "<div>") + "inner words of the page"},
		"html: nested lists":          {"a.html", repeat("<ul><li>some words")},
		"html: nested quotations":     {"a.html", repeat("<blockquote>some words")},
		"html: nested tables":         {"a.html", repeat("<table><tr><td>some words")},
		"html: nested comments":       {"a.html", repeat("<ol class=children><li class=comment id=comment-1>some words")},
		"html: formatting left open":  {"a.html", many(formatting, "<p>some words</p>")},
		"html: formatting crossed":    {"a.html", repeat("<b><i><p></b>some words</i>")},
		"html: links left open":       {"a.html", repeat("<a href=/x>some words")},
		"html: paragraphs":            {"a.html", repeat("<p>A few words.</p>")},
		"html: one paragraph":         {"a.html", many("<p>", "a <i>few</i> words ")},
		"html: cells in one row":      {"a.html", many("<table><tr>", "<td>words</td>")},
		"html: comments":              {"a.html", many("<div id=comments>", "<div class=comment id=comment-1><p>A few words here.</p></div>")},
		"html: sections of comments":  {"a.html", repeat("<div class=comments><div class=comment>some words of a reader</div></div>")},
		"html: footnotes":             {"a.html", repeat("<p>some words<sup><a href=#n>1</a></sup>")},
		"html: attributes":            {"a.html", many("<p ", "a=b ") + ">words of the page</p>"},
		"html: entities":              {"a.html", repeat("&amp;&lt;")},
		"html: open tag":              {"a.html", repeat("<")},
		"html: title as article":      {"a.html", many("<title>x</title><h1>", "Words ")},
		"html: JSON-LD":               {"a.html", many(`<script type="application/ld+json">`, "[") + "</script><p>words of the page"},
		"html: script texts":          {"a.html", repeat(`<script type="application/ld+json">{"@graph":[1]}</script>`)},
		"markdown: brackets":          {"a.md", repeat("[")},
		"markdown: links":             {"a.md", repeat("[a](b")},
		"markdown: emphasis":          {"a.md", repeat("*a ")},
		"markdown: strong":            {"a.md", repeat("**a_b__")},
		"markdown: quotations":        {"a.md", repeat(">") + "x"},
		"markdown: lists":             {"a.md", repeat("- ") + "x"},
		"markdown: backquotes":        {"a.md", repeat("`a``")},
		"markdown: tables":            {"a.md", many("|a|b|\n|-|-|\n", "|x|y|\n")},
		"markdown: footnotes":         {"a.md", many("[^1]: x\n\n", "a[^1] ")},
		"markdown: tags":              {"a.md", repeat("<b>x ")},
		"markdown: addresses":         {"a.md", repeat("www.a.b ")},
		"markdown: rules":             {"a.md", repeat("a\n---\n")},
		"front matter: nesting":       {"a.md", "---\ntitle: " + strings.Repeat("[", maxYAML/2) + "\n---\nwords"},
		"front matter: mapping":       {"a.md", "---\ntitle: " + strings.Repeat("{a: ", maxYAML/8) + "\n---\nwords"},
		"front matter: fields":        {"a.md", "---\n" + strings.Repeat("title: a\n", maxYAML/16) + "---\nwords"},
		"jsonl: nesting":              {"a.jsonl", `{"text":"a","x":` + repeat("[")},
		"jsonl: lines":                {"a.jsonl", repeat(`{"text":"a b"}` + "\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			items, err := Read(c.path, []byte(c.content), Options{})
			took := time.Since(start)
			if len(items) == 0 && err == nil {
				t.Error("neither a document nor a problem")
			}
			for _, item := range items {
				check(t, item)
				if t.Failed() {
					break
				}
			}
			if len(items) == 0 {
				t.Log(err)
			}
			t.Logf("%d bytes, %d documents, %v", len(c.content), len(items), took)
			if took > time.Minute {
				t.Errorf("took %v", took)
			}
		})
	}
}

func TestRead_LineOfTenMegabytes(t *testing.T) {
	line := strings.Repeat("The minister said so. ", 10<<20/22)
	item := one(t, "a.txt", line, Options{})
	if item.Text != line {
		t.Error("the line was changed")
	}
}

func TestHTML_DeepNestingKeepsTheWords(t *testing.T) {
	page := "<h1>Top words</h1>" + strings.Repeat("<div>", 100_000) + "<p>The words at the bottom of it all are still found.</p>" + strings.Repeat("</div>", 100_000) + "<p>And the words after it.</p>"
	item := one(t, "a.html", page, Options{})
	for _, s := range []string{"The words at the bottom of it all are still found.", "And the words after it."} {
		if !strings.Contains(item.Text, s) {
			t.Errorf("%q is lost from %q", s, item.Text)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, format := range []string{"text", "markdown", "html", "jsonl", ""} {
		f.Add(format, []byte("---\ntitle: A\n---\n# B\n\nWords[^1] “so” > x\n\n[^1]: note\n"))
		f.Add(format, []byte(sitePage(headNews, articleNews, commentsWordPress)))
		f.Add(format, []byte(`{"id":"1","text":"a\ud800\u0000b","authors":["x"]}`+"\n{}\n"))
		f.Add(format, []byte("\xff\xfea\x00\x00\xd8"))
		f.Add(format, []byte("<p>a<blockquote>b<cite>c</cite></blockquote><sup><a href=#n>1</a></sup><li id=n>d<pre> x\n\t</pre><q>e"))
	}
	f.Fuzz(func(t *testing.T, format string, b []byte) {
		items, err := Read("in/a", b, Options{Format: format, MaxBytes: 1 << 16})
		if len(items) == 0 && err == nil && format != "jsonl" && format != "" {
			t.Fatal("neither a document nor a problem")
		}
		var e *Error
		var s *Skip
		if err != nil && !errors.As(err, &e) && !errors.As(err, &s) {
			t.Fatalf("%T is neither Error nor Skip", err)
		}
		for _, item := range items {
			check(t, item)
			Language(item.Text)
		}
	})
}
