package segment

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence/graph"
	"whence/loader/source"
)

// TestHostile divides 64 KB of what no writer writes. What takes time that
// grows faster than the text takes far longer than this allows.
func TestHostile(t *testing.T) {
	const size = 1 << 16
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, text := range map[string]string{
		"one word":             fill("a"),
		"one line of words":    fill("word "),
		"tiny sentences":       fill("A b. "),
		"lower sentences":      fill("a. "),
		"initials":             fill("A. "),
		"stops":                fill(". "),
		"quotation marks":      fill("“"),
		"brackets":             fill(".) ("),
		"empty lines":          fill("\n"),
		"one letter a line":    fill("a\n"),
		"names":                fill("Jane Smith\n"),
		"stamps":               fill("3 May 2023\n"),
		"names and stamps":     fill("Jane Smith\n3 May 2023\n"),
		"openings":             "The council met on Tuesday and decided to close the library for good, to save money.\n" + fill("Jane Smith says:\n12 March 2020 at 10:15\nNo!\n"),
		"nested items":         "The council met on Tuesday and decided to close the library for good, to save money.\n3 Comments\n" + fill("  1. 2 days ago\n      • Reply\n"),
		"comment headings":     fill("The council met on Tuesday and decided to close the library for good.\nComments\n"),
		"updates":              fill("Update 3 May 2023: it is closed.\n"),
		"update headings":      fill("Update\n"),
		"biographies":          fill("Jane Smith is a writer at large. I thank you!\n"),
		"boxes":                fill("Related posts\nA title\n"),
		"letters":              "Letters\n" + fill("I wrote to you in May.\nJane Smith\nLeeds\n"),
		"quotes":               fill("> a line\n"),
		"bullets":              fill("• a\n"),
		"indented":             fill("    The path shall be kept open.\n"),
		"white space":          fill(" \t\u00a0"),
		"bars":                 fill(" | "),
		"wrapped":              fill("some words that were wrapped at a width of sixty or so chars\n"),
		"not valid characters": fill("\xff\xfe. "),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			l := Divide(source.Item{Text: text})
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("took %v", took)
			} else if testing.Verbose() {
				t.Logf("took %v", took)
			}
			checkLayout(t, text, l)
		})
	}
}

// TestDivideAnything joins lines of all sorts in any order.
func TestDivideAnything(t *testing.T) {
	line := rapid.SampledFrom([]string{
		"", "Comments", "3 Comments", "Jane Smith says:", "12 March 2020 at 10:15", "Jane • 3 years ago", "Reply", "Like · Reply · 2 w", "  • 1 months ago", "    1. Bob", "Update 3 May 2023: it is shut.", "Update",
		"> quoted", "    set in", "By Jane Smith, Health Correspondent", "3 May 2023 · 4 min read", "Related posts", "ENDS", "Notes to editors", "Jane Smith is a writer at the Post.", "Great post, thank you for this!", "Letters", "Leeds", "Jane Smith, Leeds",
		"The council met on Tuesday and decided to close the library, a spokesman said, to save £1.2m in the year to come.", "Short line", "“We can't,” he said. \"No.\"", "@Jane Smith No!", "a\tb\tc", "Original story:", "*This article was amended on 4 May 2023.*",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(line, 0, 30).Draw(t, "lines"), "\n")
		l := Divide(source.Item{Text: text})
		for i, s := range l.Segments {
			if s.Parent >= i || s.Span.Len() == 0 || s.Span.End > len(text) || i > 0 && s.Span.Start < l.Segments[i-1].Span.End {
				t.Fatalf("segment %d: %+v", i, s)
			}
			if s.Parent >= 0 && !l.Segments[s.Parent].Type.IsReader() {
				t.Fatalf("segment %d answers a %s", i, l.Segments[s.Parent].Type)
			}
		}
	})
}

func FuzzDivide(f *testing.F) {
	f.Add("Title\n\nBy Jane Smith\n\nThe council met. “It is shut,” he said.\n\n2 Comments\n\nJane says:\n3 May 2020\nNo.\n")
	f.Add("  • · 1 months ago\n    @A Text\n1. x\n> y\n\tz")
	f.Add("\u200b\n \ufeff\n\na")
	f.Add("Update\n\n3/5/2023: It closed.\n\nRelated posts\nA\nB")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\ufffd")
		}
		l := Divide(source.Item{Text: text})
		checkLayout(t, text, l)
		for _, s := range l.Segments {
			if !boundary(text, s.Span) {
				t.Fatalf("%v is not on rune boundaries", s.Span)
			}
		}
		for _, p := range l.Paragraphs {
			for _, s := range append(p.Sentences, p.Span) {
				if !boundary(text, s) {
					t.Fatalf("%v is not on rune boundaries", s)
				}
			}
		}
	})
}

func boundary(text string, s graph.Span) bool {
	on := func(at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }
	return on(s.Start) && on(s.End)
}
