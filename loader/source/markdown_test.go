package source

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMarkdown_ReadsAsItsPage(t *testing.T) {
	const text = `---
url: https://example.org/posts/7
---
# Wards and *work*

By Ann Reed, 3 May 2024

The trust said "no plans exist" --
[its letter](../letters/1?utm_source=x#p2) runs to\
two lines &amp; a \*star\*.[^1] See https://data.example/x.

## What next

- First **thing**
- Second thing

  with a second paragraph

> We were never asked.
>
> Not once.
>
> <footer>— Bo Hill, nurse</footer>

| Year | People |
|------|--------|
| 2023 | 92,119 |

Struck ~~5,000~~ 500.

<!-- not seen -->
<script>alert("not run")</script>

[^1]: Letter of 1 May, page 2.
`
	item := one(t, "a.md", text, Options{})
	want := strings.Join([]string{
		"Wards and work",
		"By Ann Reed, 3 May 2024",
		"The trust said \"no plans exist\" -- its letter runs to\ntwo lines & a *star*.[1] See https://data.example/x.",
		"What next",
		"First thing",
		"Second thing",
		"with a second paragraph",
		"We were never asked.",
		"Not once.",
		"— Bo Hill, nurse",
		"Year\tPeople",
		"2023\t92,119",
		"Struck 500.",
		"[1] Letter of 1 May, page 2.",
	}, "\n\n")
	if diff := cmp.Diff(want, item.Text); diff != "" {
		t.Error(diff)
	}
	if item.Document.Title != "Wards and work" || !cmp.Equal(marked(item, MarkTitle), []string{"Wards and work"}) || !cmp.Equal(marked(item, MarkByline), []string{"By Ann Reed, 3 May 2024"}) {
		t.Errorf("title %q, marks %v", item.Document.Title, item.Marks)
	}
	var links []string
	for _, m := range item.Marks {
		switch m.Kind {
		case MarkLink:
			links = append(links, m.Span.Of(item.Text)+" "+m.URL)
		case MarkBlockquote:
			if m.Author != "Bo Hill" || m.Span.Of(item.Text) != "We were never asked.\n\nNot once." {
				t.Errorf("quotation %q by %q", m.Span.Of(item.Text), m.Author)
			}
		}
	}
	if diff := cmp.Diff([]string{"its letter https://example.org/letters/1", "https://data.example/x https://data.example/x"}, links); diff != "" {
		t.Error(diff)
	}
	if !cmp.Equal(marked(item, MarkHeading), []string{"What next"}) || len(marked(item, MarkListItem)) != 4 {
		t.Errorf("headings %q, items %q", marked(item, MarkHeading), marked(item, MarkListItem))
	}
	if !slices.Contains(item.Notes, "1 struck-out passage left out") {
		t.Errorf("notes %q", item.Notes)
	}
}

func TestMarkdown_QuotationMarksStayAsWritten(t *testing.T) {
	item := one(t, "a.md", "He said 'so' and \"thus\"... then -- nothing. It's “curly” too.\n", Options{})
	if want := "He said 'so' and \"thus\"... then -- nothing. It's “curly” too."; item.Text != want {
		t.Errorf("text = %q", item.Text)
	}
}
