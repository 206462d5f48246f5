package source

import (
	"strings"
	"testing"
)

func TestHeadline(t *testing.T) {
	const body = "\n\nThe first paragraph of a report is a full sentence, and it ends with a full stop. More of it follows.\n\nAnd more.\n"
	for name, c := range map[string]struct{ text, want string }{
		"one line, then the body":       {"Charity answers plan for wards" + body, "Charity answers plan for wards"},
		"a question":                    {"What happened to the money?" + body, "What happened to the money?"},
		"below the name of the site":    {"Northern Care Trust\n\nMenu\n\nResponse of the trust to plans for coaches on its wards" + body, "Response of the trust to plans for coaches on its wards"},
		"above a byline and a date":     {"Wards to get job coaches\n\nBy Ann Reed\n\n16 October 2024" + body, "Wards to get job coaches"},
		"above a section heading":       {"Job coaches on mental health wards\n\nWhat the minister said" + body, "Job coaches on mental health wards"},
		"a quoted phrase at its end":    {"Coaches to find patients work to “keep them out of hospital.”" + body, "Coaches to find patients work to “keep them out of hospital.”"},
		"line ends of Windows":          {"Charity answers plan" + strings.ReplaceAll(body, "\n", "\r\n"), "Charity answers plan"},
		"not a sentence":                {"Ministers are to send coaches to wards, the paper has found." + body, ""},
		"not a quotation":               {"She said: “We must act.”" + body, ""},
		"not a line of the paragraph":   {"Charity answers plan\nand goes on here" + body, ""},
		"not a long line":               {strings.Repeat("long words ", 20) + body, ""},
		"not the only line":             {"Charity answers plan", ""},
		"not a list item":               {"• First thing to do" + body, ""},
		"not what comes after the body": {strings.TrimSpace(body) + "\n\nA heading further down\n\nMore.", ""},
		"not an address":                {"https://example.org/a/b" + body, ""},
		"nothing":                       {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := headline(c.text); got != c.want {
				t.Errorf("headline = %q, want %q", got, c.want)
			}
		})
	}
}

func TestIsByline(t *testing.T) {
	for _, s := range []string{"By Ann Reed", "By Ann Reed, 17 October 2024", "by Ann Reed and Bo Hill", "Posted by Ann Reed on 3 May 2024", "Written by Dr Ann Reed", "By Ann Reed | Health editor", "By Ann Reed in London"} {
		if !isByline(s) {
			t.Errorf("%q is a byline", s)
		}
	}
	for _, s := range []string{"By 2024 the plan was dead", "By and large it worked", "By Tuesday the ward had no beds left, and staff went home", "Byron wrote poems"} {
		if isByline(s) {
			t.Errorf("%q is no byline", s)
		}
	}
}
